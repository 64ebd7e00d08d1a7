// What one unit was allowed, for a time, by the unit that owns the floor it goes below. When the time is over
// the floor is back without anybody's doing.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "org/id.hpp"
#include "store/session.hpp"

namespace zeren::rules {

struct Waiver {
  /// A year; it can be granted anew.
  static constexpr std::chrono::days kLongest{366};

  org::UnitId unit;        ///< for which alone it counts, not for those below
  std::string parameter;
  base::Json value;        ///< instead of the floor
  std::string basis;
  org::UnitId granted_by;  ///< it waives the floors of this unit and of those below it, and no others
  base::Period valid;      ///< [from, to)
  std::int64_t version = 0;
};

/// All waivers of `module`, past ones too, by unit, parameter and first day. Fails as Session::query().
/// Blocks.
base::Result<std::vector<Waiver>> load_waivers(store::Session& session, const std::string& module);

}  // namespace zeren::rules
