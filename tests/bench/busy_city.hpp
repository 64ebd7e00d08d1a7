// The city of the demonstration in a data folder on disk, opened as a server opens it, with an
// account for every clerk and ten years of obligations to file.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/host.hpp"
#include "base/clock.hpp"
#include "base/json.hpp"

namespace zeren::bench {

/// An obligation with the clerk who may draft for it.
struct Filing {
  std::string obligation;
  access::Principal clerk;
  access::Principal head;  ///< who approves it
};

class BusyCity final {
 public:
  /// In `folder`, which must not exist. Ends the program when it cannot be made: there is nothing
  /// to measure then.
  explicit BusyCity(const std::filesystem::path& folder);

  app::Host& host() { return *host_; }
  std::filesystem::path database() const { return host_->folder().paths().database(); }

  /// The next obligation nobody has filed; any thread. At most filings() of them.
  const Filing& next();
  std::size_t filings() const { return filings_.size(); }

  /// Somebody at a connection, with what is to be filed.
  struct Clerk {
    std::string token;
    std::vector<std::string> obligations;
  };
  /// `count` clerks, signed in, each with `each` obligations of his unit that next() does not hand
  /// out any more. Takes 0.2 s for each.
  std::vector<Clerk> clerks(std::size_t count, std::size_t each);

  /// The content of a report of ordinary length.
  static base::Json report();

  /// Drafts a report of ordinary length for it. Any thread.
  void draft(const Filing& filing);

  /// Drafts it, submits it and sends it: what a filing is from beginning to end. Any thread.
  void file(const Filing& filing);

  /// Closes the host, lets `fill` write what no command made, and opens it again. One thread.
  void refill(const std::function<void(store::Session& session)>& fill);

 private:
  void open();
  void find_filings();
  std::string sign_in(const access::Principal& clerk);

  std::filesystem::path folder_;
  std::unique_ptr<base::Clock> clock_;
  std::unique_ptr<base::Entropy> entropy_;
  std::unique_ptr<app::Host> host_;
  std::vector<Filing> filings_;
  std::atomic<std::size_t> taken_ = 0;
};

}  // namespace zeren::bench
