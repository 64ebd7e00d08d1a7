// Another program as a filter: bytes in, bytes out, within a limit of time.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zeren::documents {

struct ChildAnswer {
  int spawn_error = 0;        ///< errno when it could not be started
  bool timed_out = false;     ///< and was killed
  std::optional<int> status;  ///< its exit status; nullopt when a signal ended it
  std::string out;
  std::string err;  ///< the first 64 KiB
};

/// Runs `argv[0]`, looked for in PATH, with `input` on its standard input and `environment` and nothing else.
/// What it writes beyond `limit_out` bytes ends it. Blocks until it has ended. Any thread.
ChildAnswer run_child(const std::vector<std::string>& argv, const std::vector<std::string>& environment,
                      std::string_view input, std::chrono::milliseconds limit, std::size_t limit_out);

}  // namespace zeren::documents
