// The demonstration deployment in a folder of its own, served over TCP and a Unix socket by a thread of
// the test, at a time that the test moves.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <thread>

#include "app/host.hpp"
#include "app/housekeeping.hpp"
#include "base/clock.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/temp_folder.hpp"
#include "http/router.hpp"
#include "http/server.hpp"
#include "http/webhook_client.hpp"
#include "integration/official.hpp"

namespace zeren::integration {

class ServedDeployment final {
 public:
  /// Set up on 2026-01-01 in the deployment's zone, and served. `settings` becomes config/settings.json.
  explicit ServedDeployment(const http::Patience& patience = {}, const std::string& settings = {});
  ServedDeployment(const ServedDeployment&) = delete;
  ServedDeployment& operator=(const ServedDeployment&) = delete;
  ~ServedDeployment();

  /// Noon of that day in the deployment's zone.
  void move_to(const std::string& date);

  void advance(std::chrono::milliseconds by) { clock_.advance(by); }

  /// A fresh session: sessions end after twelve hours, and the clock is moved by days.
  Official sign_in(const std::string& account) const;

  base::Instant now() const { return clock_.now(); }

  std::uint16_t port() const { return server_->port(); }
  HttpClient client() const { return HttpClient(server_->port()); }
  HttpClient local_client() const { return HttpClient(paths().socket()); }
  const Contract& contract() const { return contract_; }
  app::DataPaths paths() const { return {folder_ / "data"}; }
  /// Where packages are delivered.
  std::filesystem::path packages() const { return folder_ / "packages"; }
  const std::string& password(const std::string& account) const { return passwords_.at(account); }
  std::int64_t log_size() const { return host_->log_size(); }
  const std::string& vkey() const { return vkey_; }

  /// Ends serving, and begins again with what is on disk, on another port.
  void restart();

  /// Ends serving and closes the data folder; everything is on disk, and the head signed.
  void stop();

 private:
  void serve();

  http::Patience patience_;
  fixtures::TempFolder folder_;
  fixtures::MovableClock clock_;
  std::unique_ptr<base::Entropy> entropy_ = base::system_entropy();
  Contract contract_;
  std::map<std::string, std::string> passwords_;
  std::string vkey_;
  std::unique_ptr<app::Host> host_;
  std::unique_ptr<http::Router> router_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<http::WebhookClient> sender_;
  std::unique_ptr<app::Housekeeping> housekeeping_;
  std::thread serving_;
};

}  // namespace zeren::integration
