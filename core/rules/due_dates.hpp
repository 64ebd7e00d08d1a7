// The days on which something falls due for one unit: its recurrence, as layers and waivers change it in the
// course of time, and what the calendar makes of free days.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "rules/calendar.hpp"
#include "rules/rule_book.hpp"

namespace zeren::rules {

inline constexpr int kMonthsOfYear = 12;

/// Which parameters say when: `due` holds a recurrence, `policy` a calendar policy; empty: NONE.
struct DueRule {
  std::string due;
  std::string policy;
  int cycle = kMonthsOfYear;  ///< months after which counting begins anew; divides the year
};

struct DueDate {
  base::Date nominal;       ///< what the recurrence says: period and number are counted from it
  base::Date due;           ///< after the calendar policy
  std::int64_t number = 1;  ///< within the cycle that `nominal` lies in
  std::int64_t version = 0; ///< of the layer that set it; 0 for the default or a waiver
  bool operator==(const DueDate&) const = default;
};

struct DueDates {
  std::vector<DueDate> dates;  ///< by nominal date
  std::set<int> undeclared;    ///< years without a calendar table that had a say (WorkingDate)
};

/// All that fall due in `window` for the first unit of `line`. A layer counts from its first day on and never
/// backwards: a date that was past by then stays, and a coming one moves only to a day that is still to come
/// (it keeps its date in that year otherwise). A date that a waiver allows counts only while the waiver lasts.
/// Fails with RecurrenceInvalid. Any thread.
base::Result<DueDates> due_dates(const RuleBook& book, const DueRule& rule, const Line& line,
                                 const Calendar& calendar, const base::Period& window);

}  // namespace zeren::rules
