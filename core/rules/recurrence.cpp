#include "rules/recurrence.hpp"

#include <libical/ical.h>

#include <algorithm>
#include <memory>

namespace zeren::rules {
namespace {

using base::Code;
using base::Date;

constexpr base::Date kAnchor = Date{std::chrono::year{2000} / 1 / 1};

icaltimetype to_ical(Date date) {
  const std::chrono::year_month_day ymd{date};
  icaltimetype time = icaltime_null_date();
  // A null date has -1 here, which would shift every weekly date and stop a daily rule for ever.
  time.hour = time.minute = time.second = 0;
  time.year = static_cast<int>(ymd.year());
  time.month = static_cast<int>(static_cast<unsigned>(ymd.month()));
  time.day = static_cast<int>(static_cast<unsigned>(ymd.day()));
  time.is_date = 1;
  return time;
}

Date from_ical(const icaltimetype& time) {
  return base::make_date(time.year, static_cast<unsigned>(time.month),
                         static_cast<unsigned>(time.day));
}

icalrecurrencetype read(const std::string& text) {
  return icalrecurrencetype_from_string(text.c_str());
}

bool finer_than_a_day(const icalrecurrencetype& rule) {
  return rule.freq == ICAL_SECONDLY_RECURRENCE || rule.freq == ICAL_MINUTELY_RECURRENCE ||
         rule.freq == ICAL_HOURLY_RECURRENCE || rule.by_hour[0] != ICAL_RECURRENCE_ARRAY_MAX ||
         rule.by_minute[0] != ICAL_RECURRENCE_ARRAY_MAX ||
         rule.by_second[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

}  // namespace

base::Result<Recurrence> Recurrence::parse(std::string_view text) {
  constexpr std::size_t kLongestRule = 300;
  const auto refused = base::fail(Code::RecurrenceInvalid, {{"value", std::string(text)}});
  // libical clamps or skips some nonsense; what it cannot read at all has no frequency.
  if (text.size() > kLongestRule || text.find_first_of(std::string_view("\n\r\0", 3)) != text.npos) {
    return refused;
  }
  Recurrence rule{std::string(text)};
  const auto parsed = read(rule.text_);
  if (parsed.freq == ICAL_NO_RECURRENCE || finer_than_a_day(parsed)) return refused;
  const base::Period thirty_years{kAnchor, Date{std::chrono::year{2030} / 1 / 1}};
  if (rule.occurrences(thirty_years, 1).empty()) return refused;
  return rule;
}

std::vector<Date> Recurrence::occurrences(const base::Period& period, std::size_t limit) const {
  std::vector<Date> dates;
  const std::unique_ptr<icalrecur_iterator, decltype(&icalrecur_iterator_free)> iterator(
      icalrecur_iterator_new(read(text_), to_ical(kAnchor)), &icalrecur_iterator_free);
  if (!iterator) return dates;
  while (dates.size() < limit) {
    const auto next = icalrecur_iterator_next(iterator.get());
    if (icaltime_is_null_time(next) || next.year > 9998) break;
    const Date date = from_ical(next);
    if (date >= period.to) break;
    if (date >= period.from) dates.push_back(date);
  }
  return dates;
}

std::size_t Recurrence::most_in_a_year() const {
  constexpr int kFirst = 2000;
  constexpr int kYears = 30;
  std::vector<std::size_t> dates_in(kYears);
  const base::Period span{base::make_date(kFirst, 1, 1), base::make_date(kFirst + kYears, 1, 1)};
  for (const auto date : occurrences(span, kYears * kMaxPerYear)) {
    ++dates_in.at(static_cast<std::size_t>(base::year_of(date) - kFirst));
  }
  return *std::max_element(dates_in.begin(), dates_in.end());
}

bool tightens(const Recurrence& rule, const Recurrence& stricter, Date from) {
  constexpr int kYears = 4;  // a leap year among them
  for (int year = base::year_of(from); year < base::year_of(from) + kYears; ++year) {
    const base::Period span{base::make_date(year, 1, 1), base::make_date(year + 1, 1, 1)};
    const auto wanted = rule.occurrences(span, kMaxPerYear);
    const auto given = stricter.occurrences(span, kMaxPerYear);
    if (given.size() < wanted.size()) return false;
    const bool met = std::equal(wanted.begin(), wanted.end(), given.begin(),
                                [](Date loose, Date strict) { return strict <= loose; });
    if (!met) return false;
  }
  return true;
}

}  // namespace zeren::rules
