// The program `zeren` as an operator runs it, on a data folder made by `zeren setup --demo`.
#pragma once

#include <csignal>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "integration/child_process.hpp"
#include "integration/official.hpp"

namespace zeren::integration {

/// Runs `zeren --data data` with further arguments.
Outcome zeren(const std::filesystem::path& data, std::vector<std::string> arguments,
              const std::string& input = "");

/// `zeren setup --demo` of the small city with the modules delivered in `packages`; expects it to succeed. Answers the
/// passwords by account.
std::map<std::string, std::string> set_up_demo(const std::filesystem::path& data,
                                               const std::filesystem::path& packages = ZEREN_BINARY_DIR "/modules");

/// The year that the program sees on its clock, or one `later`: the period of a report.
std::string year(int later = 0);

/// Expects `zeren audit verify` to find nothing wrong.
void expect_sound(const std::filesystem::path& data);

class ServerProcess final {
 public:
  /// Starts `zeren serve` on any free port; when this returns, it answers.
  explicit ServerProcess(const std::filesystem::path& data,
                         std::optional<std::uint64_t> largest_file = std::nullopt);

  std::uint16_t port() const { return port_; }
  pid_t pid() const { return process_.pid(); }
  HttpClient client() const { return HttpClient(port_); }

  /// Sends the signal and waits for the end; its exit status.
  int end(int signal = SIGTERM);

 private:
  ChildProcess process_;
  std::uint16_t port_ = 0;
};

}  // namespace zeren::integration
