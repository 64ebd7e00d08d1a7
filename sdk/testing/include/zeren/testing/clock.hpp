// The day, moved by the test. Plugins have no clock of their own: the day stands in each request.
#pragma once

#include <array>
#include <chrono>
#include <cstdio>
#include <string>

namespace zeren::testing {

/// `Date day = std::chrono::year{2026} / 1 / 31;`
using Date = std::chrono::sys_days;

/// `2026-01-31`, as requests write it.
inline std::string to_string(Date date) {
  const std::chrono::year_month_day day(date);
  std::array<char, 32> text{};
  (void)std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                      static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text.data();
}

class MovableClock final {
 public:
  /// 2026-01-15, unless told.
  explicit MovableClock(Date today = std::chrono::year{2026} / 1 / 15) : today_(today) {}

  Date today() const { return today_; }
  void set(Date day) { today_ = day; }
  void advance(std::chrono::days by) { today_ += by; }

 private:
  Date today_;
};

}  // namespace zeren::testing
