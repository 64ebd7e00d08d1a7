// Requests that nobody is answerable for: counted per source and minute, and entered into the log as
// counts, so that knocking at the door cannot fill the disk.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/civil_time.hpp"
#include "store/change_set.hpp"

namespace zeren::app {

class Refusals final {
 public:
  /// `source` is an address, `code` the reason's name. Any thread.
  void count(const std::string& source, const std::string& code, base::Instant at);

  /// Takes out what was counted in minutes before that of `now`; everything when `all`. One change set,
  /// or none when nothing was refused. The sources are committed, not shown.
  std::vector<store::ChangeSet> take(base::Instant now, bool all);

 private:
  struct Key {
    std::int64_t minute;
    std::string source;
    std::string code;
    auto operator<=>(const Key&) const = default;
  };
  std::mutex mutex_;  // guards counts_
  std::map<Key, std::int64_t> counts_;
};

}  // namespace zeren::app
