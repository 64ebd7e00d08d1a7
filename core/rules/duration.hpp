// How long something may take: ISO 8601 durations in whole days, weeks, months and years.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "rules/calendar.hpp"

namespace zeren::rules {

/// What a day of a duration is.
enum class DayCount : std::uint8_t { Natural, Working };

class Duration final {
 public:
  /// `P7D`, `P2W`, `P1M`, `P1Y6M`, up to 100 years. A working duration has days only: nobody has defined a
  /// working month. Fails with DurationInvalid.
  static base::Result<Duration> parse(std::string_view text, DayCount count = DayCount::Natural);

  /// The last day of the time that begins after `from`: months first, to the same day or the last of the
  /// month (31 January and one month: 28 or 29 February), then days. `calendar` counts working days. Any
  /// thread.
  WorkingDate after(base::Date from, const Calendar& calendar) const;

  /// Whether this one, begun on whatever day, ends no later than `other`, of the same kind of days. P30D and
  /// P1M are so neither way.
  bool never_longer_than(const Duration& other) const;

  bool empty() const { return months_ == 0 && days_ == 0; }

 private:
  Duration(int months, int days, DayCount count) : months_(months), days_(days), count_(count) {}
  base::Date naturally_after(base::Date from) const;

  int months_;
  int days_;
  DayCount count_;
};

}  // namespace zeren::rules
