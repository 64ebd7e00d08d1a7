#include "rules/duration.hpp"

#include <array>
#include <charconv>

namespace zeren::rules {
namespace {

using base::Code;
using base::Date;
using base::Result;

struct Unit {
  char letter;
  int months;
  int days;
};

// In the order in which ISO 8601 writes them.
constexpr std::array<Unit, 4> kUnits = {{{'Y', 12, 0}, {'M', 1, 0}, {'W', 0, 7}, {'D', 0, 1}}};
constexpr int kMaxMonths = 1200;
constexpr int kMaxDays = 36'525;

struct Amount {
  int months = 0;
  int days = 0;
};

// The parts after the P; false when there is anything else.
bool read_parts(std::string_view text, Amount& amount) {
  std::size_t next = 0;  // of kUnits
  while (!text.empty()) {
    int number = 0;
    const auto* const end = text.data() + text.size();
    const auto [at, failure] = std::from_chars(text.data(), end, number);
    if (failure != std::errc{} || at == end || text.front() == '-' || number > kMaxDays) return false;
    while (next < kUnits.size() && kUnits.at(next).letter != *at) ++next;
    if (next == kUnits.size()) return false;
    amount.months += number * kUnits.at(next).months;
    amount.days += number * kUnits.at(next).days;
    ++next;
    text.remove_prefix(static_cast<std::size_t>(at - text.data()) + 1);
  }
  return amount.months <= kMaxMonths && amount.days <= kMaxDays;
}

Date plus_months(Date from, int months) {
  const std::chrono::year_month_day ymd{from};
  const auto month = std::chrono::year_month{ymd.year(), ymd.month()} + std::chrono::months(months);
  const std::chrono::year_month_day same{month.year(), month.month(), ymd.day()};
  if (same.ok()) return Date{same};
  return Date{month / std::chrono::last};
}

}  // namespace

Result<Duration> Duration::parse(std::string_view text, DayCount count) {
  Amount amount;
  const bool read = text.size() >= 3 && text.front() == 'P' && read_parts(text.substr(1), amount);
  const bool working_days = text.find_first_of("YMW") == text.npos && amount.days <= Calendar::kMaxCount;
  if (!read || (count == DayCount::Working && !working_days)) {
    return base::fail(Code::DurationInvalid, {{"value", std::string(text)}});
  }
  return Duration(amount.months, amount.days, count);
}

Date Duration::naturally_after(Date from) const {
  return plus_months(from, months_) + std::chrono::days(days_);
}

WorkingDate Duration::after(Date from, const Calendar& calendar) const {
  if (count_ == DayCount::Working) return calendar.add_working_days(from, days_);
  return {naturally_after(from), {}};
}

bool Duration::never_longer_than(const Duration& other) const {
  if (months_ == other.months_) return days_ <= other.days_;
  // Months differ in length: every day of four years, a leap year among them, is a beginning.
  const auto first = base::make_date(2024, 1, 1);
  for (auto from = first; from < base::make_date(2028, 1, 1); from += std::chrono::days(1)) {
    if (naturally_after(from) > other.naturally_after(from)) return false;
  }
  return true;
}

}  // namespace zeren::rules
