// Whatever stands as an RRULE in a manifest or a setting: refused with a reason, or dates that are in order, within
// what was asked for, and no more of them than the rule says.
#include "rules/recurrence.hpp"

#include <algorithm>
#include <functional>

#include "base/messages.hpp"
#include "fuzz/input.hpp"

namespace {

using zeren::base::Date;
using zeren::base::make_date;
using zeren::fuzz::promise;
using zeren::rules::Recurrence;

void check_year(const Recurrence& rule, int year) {
  const zeren::base::Period period{make_date(year, 1, 1), make_date(year + 1, 1, 1)};
  const auto dates = rule.occurrences(period, zeren::rules::kMaxPerYear);
  promise(std::ranges::adjacent_find(dates, std::greater_equal<Date>()) == dates.end(), "dates ascend, each once");
  promise(std::ranges::all_of(dates, [&](Date date) { return period.contains(date); }), "dates are of the period");
  promise(dates.size() <= rule.most_in_a_year(), "no year has more dates than the most");
  const auto few = rule.occurrences(period, 1);
  promise(few.size() == std::min<std::size_t>(dates.size(), 1), "a limit is kept");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = zeren::fuzz::text_of(data, size);
  const auto rule = Recurrence::parse(text);
  if (!rule) {
    promise(rule.error().code == zeren::base::Code::RecurrenceInvalid, "what is no rule is refused as one");
    promise(!zeren::base::report_of(rule.error()).empty(), "a refusal can be told");
    return 0;
  }
  for (const int year : {2024, 2025, 2026}) check_year(*rule, year);
  promise(zeren::rules::tightens(*rule, *rule, make_date(2026, 1, 1)), "a rule is as strict as itself");
  return 0;
}
