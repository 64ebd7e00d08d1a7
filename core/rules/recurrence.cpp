#include "rules/recurrence.hpp"

#include <libical/ical.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>

namespace zeren::rules {
namespace {

using base::Code;
using base::Date;

constexpr Date kAnchor = Date{std::chrono::year{2000} / 1 / 1};
// libical looks for the next date until 2582. It is asked 400 years on, where every date has its weekday, so that
// it gives up earlier on a rule that never falls due, which else takes seconds.
constexpr int kShift = 400;
constexpr std::int64_t kLongestInterval = 10;  // years: a longer one would hide what it makes vanish

struct Part {
  std::string_view name;
  std::string_view alphabet;  // what its value is made of
};
constexpr std::string_view kNumbers = "0123456789,+-";
constexpr std::string_view kWords = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,+-";
// What libical takes besides is not meant: COUNT and UNTIL end what is endless, RSCALE and SKIP count by another
// calendar, BYWEEKNO it gets wrong around New Year.
constexpr auto kParts = std::to_array<Part>({{"FREQ", kWords},
                                             {"INTERVAL", "0123456789"},
                                             {"BYMONTH", kNumbers},
                                             {"BYMONTHDAY", kNumbers},
                                             {"BYYEARDAY", kNumbers},
                                             {"BYDAY", kWords},
                                             {"BYSETPOS", kNumbers},
                                             {"WKST", kWords}});

bool is_well_formed(std::string_view text) {
  std::set<std::string_view> seen;
  while (true) {
    const auto end = text.find(';');
    const auto part = text.substr(0, end);
    const auto equals = part.find('=');
    if (equals == part.npos) return false;
    const auto name = part.substr(0, equals);
    const auto value = part.substr(equals + 1);
    const auto* const known = std::ranges::find(kParts, name, &Part::name);
    if (known == kParts.end() || !seen.insert(name).second) return false;
    if (value.empty() || value.find_first_not_of(known->alphabet) != value.npos) return false;
    if (end == text.npos) return true;
    text.remove_prefix(end + 1);
  }
}

icaltimetype to_ical(Date date) {
  const std::chrono::year_month_day ymd{date};
  icaltimetype time = icaltime_null_date();
  // A null date has -1 here, which would shift every weekly date and stop a daily rule for ever.
  time.hour = time.minute = time.second = 0;
  time.year = static_cast<int>(ymd.year()) + kShift;
  time.month = static_cast<int>(static_cast<unsigned>(ymd.month()));
  time.day = static_cast<int>(static_cast<unsigned>(ymd.day()));
  time.is_date = 1;
  return time;
}

Date from_ical(const icaltimetype& time) {
  return base::make_date(time.year - kShift, static_cast<unsigned>(time.month),
                         static_cast<unsigned>(time.day));
}

icalrecurrencetype read(const std::string& text) {
  return icalrecurrencetype_from_string(text.c_str());
}

bool is_usable(const icalrecurrencetype& rule) {
  switch (rule.freq) {
    case ICAL_DAILY_RECURRENCE:
      return rule.interval <= kLongestInterval * 366;
    case ICAL_WEEKLY_RECURRENCE:
      return rule.interval <= kLongestInterval * 52;
    case ICAL_MONTHLY_RECURRENCE:
      return rule.interval <= kLongestInterval * 12;
    case ICAL_YEARLY_RECURRENCE:
      return rule.interval <= kLongestInterval;
    default:
      return false;  // finer than a day, or nothing that could be read
  }
}

}  // namespace

base::Result<Recurrence> Recurrence::parse(std::string_view text) {
  constexpr std::size_t kLongestRule = 300;
  const auto refused = base::fail(Code::RecurrenceInvalid, {{"value", std::string(text)}});
  if (text.size() > kLongestRule || !is_well_formed(text)) return refused;
  Recurrence rule{std::string(text)};
  if (!is_usable(read(rule.text_))) return refused;
  const base::Period thirty_years{kAnchor, Date{std::chrono::year{2030} / 1 / 1}};
  if (rule.occurrences(thirty_years, 1).empty()) return refused;
  return rule;
}

std::vector<Date> Recurrence::occurrences(const base::Period& period, std::size_t limit) const {
  std::vector<Date> dates;
  const std::unique_ptr<icalrecur_iterator, decltype(&icalrecur_iterator_free)> iterator(
      icalrecur_iterator_new(read(text_), to_ical(kAnchor)), &icalrecur_iterator_free);
  if (!iterator) return dates;
  // From the year of the first date on: all that came before takes far longer than what is asked for.
  const auto first = base::make_date(base::year_of(std::max(period.from, kAnchor)), 1, 1);
  if (icalrecur_iterator_set_start(iterator.get(), to_ical(first)) == 0) return dates;
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
  const int first = base::year_of(from);
  const base::Period span{base::make_date(first, 1, 1), base::make_date(first + kYears, 1, 1)};
  const auto wanted = rule.occurrences(span, kYears * kMaxPerYear);
  const auto given = stricter.occurrences(span, kYears * kMaxPerYear);
  const auto before = [](Date date, int year) { return base::year_of(date) < year; };
  auto loose = wanted.begin();
  auto strict = given.begin();
  for (int year = first + 1; year <= first + kYears; ++year) {
    const auto loose_end = std::lower_bound(loose, wanted.end(), year, before);
    const auto strict_end = std::lower_bound(strict, given.end(), year, before);
    if (strict_end - strict < loose_end - loose) return false;
    const bool met = std::equal(loose, loose_end, strict, [](Date late, Date early) { return early <= late; });
    if (!met) return false;
    loose = loose_end;
    strict = strict_end;
  }
  return true;
}

}  // namespace zeren::rules
