// Whatever is put into the folder of calendars: it is refused with a reason, or every question about a year has
// an answer that agrees with the others.
#include "fuzz/input.hpp"
#include "rules/calendar.hpp"

namespace {

using zeren::base::make_date;
using zeren::fuzz::promise;
using zeren::rules::Calendar;

void check_day(const Calendar& calendar, zeren::base::Date day) {
  const auto next = calendar.next_working_day(day).date;
  const auto previous = calendar.previous_working_day(day).date;
  promise(calendar.is_working_day(next) && calendar.is_working_day(previous), "both are worked");
  promise(previous <= day && day <= next, "one is not after, the other not before");
  promise((next == day) == calendar.is_working_day(day), "a working day stays");
  const auto later = calendar.add_working_days(day, 3).date;
  promise(calendar.working_days_in({day + std::chrono::days(1), later + std::chrono::days(1)}).days == 3,
          "what is added can be counted");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto calendar = Calendar::parse(zeren::fuzz::text_of(data, size), "input.ics");
  if (!calendar) {
    promise(!calendar.error().args.at("reason").empty(), "a refusal has a reason");
    return 0;
  }
  for (auto day = make_date(2025, 12, 25); day < make_date(2026, 3, 1); day += std::chrono::days(1)) {
    check_day(*calendar, day);
  }
  return 0;
}
