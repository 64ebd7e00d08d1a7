#include "rules/due_dates.hpp"

#include <algorithm>
#include <map>

#include "rules/recurrence.hpp"

namespace zeren::rules {
namespace {

using base::Date;
using base::Json;
using base::Result;

/// A date of the year under way, and who set it.
struct Set {
  Date date;
  std::int64_t version;
  org::UnitId owner;
};
using Year = std::map<std::int64_t, Set>;  // by number

Result<void> add_dates(const Bound& bound, const base::Period& year, Year& dates) {
  const auto recurrence = Recurrence::parse(bound.value.get_ref<const std::string&>());
  if (!recurrence) return base::pass(recurrence);
  std::int64_t number = 0;
  for (const auto date : recurrence->occurrences(year, kMaxPerYear)) {
    const Set set{date, bound.version, bound.owner};
    const auto [known, added] = dates.emplace(++number, set);
    if (!added && date < known->second.date) known->second = set;
  }
  return {};
}

// All of `in_force`; of several rules that bind, the earliest date of each number.
Result<Year> dates_under(const Effective& in_force, const base::Period& year) {
  Year dates;
  if (auto added = add_dates(in_force, year, dates); !added) return base::pass(std::move(added));
  for (const auto& bound : in_force.beside) {
    if (auto added = add_dates(bound, year, dates); !added) return base::pass(std::move(added));
  }
  return dates;
}

// From the first day of `when` on, `fresh` counts; what is past stays, and so does what would have to be past.
void turn(Year& dates, const Year& fresh, const base::Period& when) {
  std::erase_if(dates, [&](const auto& entry) {
    return entry.second.date >= when.from && !fresh.contains(entry.first);
  });
  for (const auto& [number, set] : fresh) {
    const auto known = dates.find(number);
    const bool past = known != dates.end() && known->second.date < when.from;
    if (!past && set.date >= when.from) dates.insert_or_assign(number, set);
  }
}

// A waiver only moves what is there, and only to a day on which it is in force.
void allow(Year& dates, const Year& waived, const base::Period& when) {
  for (auto& [number, set] : dates) {
    const auto later = waived.find(number);
    const bool counts =
        later != waived.end() && set.date >= when.from && when.contains(later->second.date);
    if (counts) set = later->second;
  }
}

Effective without_waiver(const Effective& in_force) {
  Effective plain{in_force.waived.front()};
  plain.beside.assign(std::next(in_force.waived.begin()), in_force.waived.end());
  return plain;
}

Result<Year> dates_of(const RuleBook& book, const DueRule& rule, const Line& line,
                      const base::Period& year) {
  Year dates;
  for (const auto& [when, in_force] : book.spells(rule.due, line, year)) {
    auto fresh = dates_under(in_force.waiver ? without_waiver(in_force) : in_force, year);
    if (!fresh) return fresh;
    turn(dates, *fresh, when);
    if (!in_force.waiver) continue;
    auto waived = dates_under(in_force, year);
    if (!waived) return waived;
    allow(dates, *waived, when);
  }
  return dates;
}

WorkingDate under(CalendarPolicy policy, Date date, const Calendar& calendar) {
  switch (policy) {
    case CalendarPolicy::PrevWorkday:
      return calendar.previous_working_day(date);
    case CalendarPolicy::NextWorkday:
      return calendar.next_working_day(date);
    case CalendarPolicy::None:
      break;
  }
  return {date, {}};
}

int cycle_of(Date date, int months) {
  const std::chrono::year_month_day ymd{date};
  return static_cast<int>(static_cast<unsigned>(ymd.month()) - 1) / months;
}

// The number of the first date of each cycle of the year.
std::map<int, std::int64_t> first_numbers(const Year& dates, int months) {
  std::map<int, std::int64_t> first;
  if (months == kMonthsOfYear) return {{0, 1}};
  for (const auto& [number, set] : dates) first.emplace(cycle_of(set.date, months), number);
  return first;
}

base::Period year_number(int year) {
  return {base::make_date(year, 1, 1), base::make_date(year + 1, 1, 1)};
}

}  // namespace

Result<DueDates> due_dates(const RuleBook& book, const DueRule& rule, const Line& line,
                           const Calendar& calendar, const base::Period& window) {
  // A free day can carry a date across the ends of the window and of the year, by less than this.
  constexpr std::chrono::days kMargin{31};
  DueDates found;
  const int last = base::year_of(window.to + kMargin);
  for (int year = base::year_of(window.from - kMargin); year <= last; ++year) {
    const auto dates = dates_of(book, rule, line, year_number(year));
    if (!dates) return base::pass(dates);
    const auto first = first_numbers(*dates, rule.cycle);
    for (const auto& [in_year, set] : *dates) {
      const auto policy = rule.policy.empty()
                              ? CalendarPolicy::None
                              : book.calendar_policy(rule.policy, line, set.date, set.owner);
      const auto [due, undeclared] = under(policy, set.date, calendar);
      if (!window.contains(due)) continue;
      const auto number = in_year - first.at(cycle_of(set.date, rule.cycle)) + 1;
      found.dates.push_back({set.date, due, number, set.version});
      found.undeclared.insert(undeclared.begin(), undeclared.end());
    }
  }
  return found;
}

}  // namespace zeren::rules
