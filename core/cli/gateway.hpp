// The command line's way to the host: over the Unix socket while the folder is served, otherwise by
// opening the folder itself. Either way the same router answers the same request.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/host.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "http/message.hpp"
#include "http/router.hpp"

namespace zeren::cli {

class Gateway final {
 public:
  /// Fails with DataFolderMissing, or as Host::open(). `token_file` holds a session token or is absent:
  /// then the operating-system user's account acts. `language` is a tag such as zh-CN.
  static base::Result<Gateway> open(const std::filesystem::path& folder,
                                    std::filesystem::path token_file, std::string language);

  /// The body of a successful answer. Fails with ServerRefused, whose causes are the answer's `errors`,
  /// and ServerUnreachable.
  base::Result<base::Json> get(const std::string& target);
  /// The same for an answer that is a file: its bytes.
  base::Result<std::string> download(const std::string& target);
  base::Result<base::Json> post(const std::string& target, const base::Json& body,
                                std::optional<std::int64_t> version = std::nullopt);
  base::Result<base::Json> put(const std::string& target, const base::Json& body,
                               std::optional<std::int64_t> version = std::nullopt);
  base::Result<base::Json> remove(const std::string& target);

 private:
  Gateway() = default;
  base::Result<base::Json> call(http::Request request);
  base::Result<http::Response> send(http::Request request);

  std::unique_ptr<base::Clock> clock_;
  std::unique_ptr<base::Entropy> entropy_;
  std::unique_ptr<app::Host> host_;  // absent while another process serves the folder
  std::filesystem::path socket_;
  std::filesystem::path token_file_;
  std::string language_;
};

}  // namespace zeren::cli
