// Runs other programs: once to their end, or alongside the test.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace zeren::integration {

struct Outcome {
  int status = -1;  ///< exit status; 128 + number when a signal ended it
  std::string out;
  std::string err;
};

/// Runs `command` to its end with `input` on its standard input.
Outcome run(const std::vector<std::string>& command, const std::string& input = "");

class ChildProcess final {
 public:
  /// Starts it; its standard error is the test's. `largest_file` bounds every file it writes, in bytes.
  explicit ChildProcess(const std::vector<std::string>& command,
                        std::optional<std::uint64_t> largest_file = std::nullopt);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();  ///< kills it when it still runs

  /// The next line of its standard output; "" once that has ended. Blocks.
  std::string read_line() const;

  pid_t pid() const { return pid_; }

  void signal(int number) const;

  /// Waits for its end; exit status, or 128 + number when a signal ended it.
  int wait();

 private:
  pid_t pid_ = -1;
  int out_ = -1;
  std::optional<int> status_;
};

}  // namespace zeren::integration
