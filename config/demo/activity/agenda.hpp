// What is to be done on which day, and the crowd that does it: acts of one hour are taken by several callers at once,
// as people do, and an act may put others on the agenda.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"

namespace zeren::demo {

/// Parts of a working day.
enum class Hour : std::uint8_t { Opening, Forenoon, Afternoon, Closing };

/// Must not lean on others of the same hour: their order is chance.
using Act = std::function<base::Result<void>()>;

class Agenda final {
 public:
  /// Any thread. What is put on a day that is over is never done.
  void add(base::Date day, Hour hour, Act act);

  /// Whether nothing stands there. Any thread.
  bool is_free(base::Date day);

  /// Does all that stands there, `callers` at a time; what fails ends it. Fails as the first act that did. Blocks.
  base::Result<void> carry_out(base::Date day, Hour hour, unsigned callers);

 private:
  std::vector<Act> take(base::Date day, Hour hour);
  static base::Result<void> do_all(const std::vector<Act>& acts, unsigned callers);

  std::mutex mutex_;  // guards acts_
  std::map<std::pair<base::Date, Hour>, std::vector<Act>> acts_;
};

}  // namespace zeren::demo
