// The computed status of an obligation (domain: overdue is a flag, never a state). Names and colours are
// data, in lights.json.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/civil_time.hpp"
#include "base/json.hpp"

namespace zeren::records {

enum class Light : std::uint8_t { Grey, Blue, Yellow, Red, Green, Purple };

/// What a light depends on.
struct Progress {
  base::Date due;
  bool before_cut_over = false;            ///< due before the module was introduced: never red
  bool begun = false;                      ///< a record exists
  std::optional<base::Date> delivered_on = std::nullopt;  ///< when all legs of the first round had been delivered
  bool fulfilled = false;                  ///< the record's course is complete
  bool asked = true;                       ///< otherwise exempt, or planned by somebody: grey until it is done
};

/// Green: fulfilled, delivered in time. Purple: fulfilled, delivered late. Red: due date past, nothing
/// delivered in time. Yellow: due within `warn_days`, nothing delivered. Blue: begun, or delivered in time
/// and not complete (receipts decide completeness only, a return keeps the time of the first delivery).
/// Grey: not yet begun, before cut-over, or not asked for. Any thread.
Light light_of(const Progress& progress, base::Date today, int warn_days);

/// `grey`, `blue`…
std::string_view name_of(Light light);
std::optional<Light> light_named(std::string_view name);

/// {"grey": {"title": {"en", "zh-CN"}, "colour": "#…"}, …}
const base::Json& light_catalogue();

}  // namespace zeren::records
