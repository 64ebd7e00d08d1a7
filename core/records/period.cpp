#include "records/period.hpp"

#include <algorithm>
#include <array>

namespace zeren::records {
namespace {

using base::Date;
using std::chrono::year_month_day;

constexpr int kMonths = 12;

struct Shape {
  PeriodKind kind;
  std::string_view name;
  int length;   ///< in months
  bool before;  ///< the one before that which the day lies in
};

constexpr auto kShapes = std::to_array<Shape>({
    {PeriodKind::Year, "year", kMonths, false},
    {PeriodKind::PreviousYear, "previous_year", kMonths, true},
    {PeriodKind::HalfYear, "half_year", 6, false},
    {PeriodKind::PreviousHalfYear, "previous_half_year", 6, true},
    {PeriodKind::Quarter, "quarter", 3, false},
    {PeriodKind::PreviousQuarter, "previous_quarter", 3, true},
    {PeriodKind::TwoMonths, "two_months", 2, false},
    {PeriodKind::Month, "month", 1, false},
    {PeriodKind::PreviousMonth, "previous_month", 1, true},
});

const Shape& form_of(PeriodKind kind) { return kShapes.at(static_cast<std::size_t>(kind)); }

Date months_later(Date first_of_month, int count) {
  return Date{year_month_day{first_of_month} + std::chrono::months{count}};
}

// From 0.
int month_of(Date day) {
  return static_cast<int>(static_cast<unsigned>(year_month_day{day}.month())) - 1;
}

// The letter between the year and the number; none for months, which are written in two digits.
char letter_of(int length) {
  switch (length) {
    case 6:
      return 'H';
    case 3:
      return 'Q';
    case 2:
      return 'B';
    default:
      return '-';
  }
}

int months_of_letter(char letter) {
  for (const int length : {6, 3, 2}) {
    if (letter_of(length) == letter) return length;
  }
  return letter == '-' ? 1 : 0;
}

std::optional<int> number_in(std::string_view digits) {
  int number = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + (digit - '0');
  }
  return number;
}

}  // namespace

std::optional<PeriodKind> period_kind_named(std::string_view name) {
  const auto* const found = std::ranges::find(kShapes, name, &Shape::name);
  if (found == kShapes.end()) return std::nullopt;
  return found->kind;
}

int months_of(PeriodKind kind) { return form_of(kind).length; }

base::Period period_around(PeriodKind kind, Date day) {
  const int length = months_of(kind);
  const auto from =
      months_later(base::make_date(base::year_of(day), 1, 1), month_of(day) / length * length);
  return {from, months_later(from, length)};
}

base::Period period_about(PeriodKind kind, Date day) {
  const auto around = period_around(kind, day);
  if (!form_of(kind).before) return around;
  return {months_later(around.from, -months_of(kind)), around.from};
}

std::string name_of_period(PeriodKind kind, Date from) {
  const int length = months_of(kind);
  auto text = std::to_string(base::year_of(from));
  if (length == kMonths) return text;
  const auto number = std::to_string(month_of(from) / length + 1);
  text += letter_of(length);
  if (length == 1 && number.size() == 1) text += '0';
  return text + number;
}

std::optional<base::Period> days_of_period(std::string_view name) {
  constexpr std::size_t kYear = 4;
  const auto year = number_in(name.substr(0, kYear));
  if (name.size() < kYear || !year || *year == 0) return std::nullopt;
  const auto january = base::make_date(*year, 1, 1);
  if (name.size() == kYear) return base::Period{january, months_later(january, kMonths)};
  const int length = months_of_letter(name[kYear]);
  const auto digits = name.substr(kYear + 1);
  const auto number = number_in(digits);
  const std::size_t width = length == 1 ? 2 : 1;
  if (length == 0 || digits.size() != width || !number) return std::nullopt;
  if (*number < 1 || *number > kMonths / length) return std::nullopt;
  return base::Period{months_later(january, (*number - 1) * length),
                      months_later(january, *number * length)};
}

}  // namespace zeren::records
