// Due dates: RFC 5545 recurrence rules over whole days, read by libical.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"

namespace zeren::rules {

class Recurrence final {
 public:
  /// An RRULE value such as `FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31`, in capitals, of FREQ (DAILY to YEARLY), INTERVAL
  /// (ten years at most), BYMONTH, BYMONTHDAY, BYYEARDAY, BYDAY, BYSETPOS and WKST. Everything else (BYHOUR, COUNT,
  /// UNTIL, RSCALE…) and rules that never fire within 30 years are refused with RecurrenceInvalid. What the
  /// rule leaves open is taken from 2000-01-01, a Saturday: it is the phase of INTERVAL.
  static base::Result<Recurrence> parse(std::string_view text);

  /// The dates in [period.from, period.to) since 2000, ascending; at most `limit`. Any thread.
  std::vector<base::Date> occurrences(const base::Period& period, std::size_t limit) const;

  /// The most dates that fall within one calendar year, a leap year included; at most 366.
  std::size_t most_in_a_year() const;

  const std::string& text() const { return text_; }

 private:
  explicit Recurrence(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// No rule may fall due more often within a year.
inline constexpr std::size_t kMaxPerYear = 366;

/// Whether in the calendar year of `from` and in the three after it the first date of `stricter` is no later
/// than the first of `rule`, the second than the second, and so on; it may have more. Obligations are numbered
/// likewise, so that each of them comes no later. Cycles end with the calendar year, as the periods of
/// obligations do, so that the answer is the same on every day of a year. Reflexive and transitive.
bool tightens(const Recurrence& rule, const Recurrence& stricter, base::Date from);

}  // namespace zeren::rules
