// Dates as they are written in the tables, with the little arithmetic that careers need.
#pragma once

#include <string>

#include "generator/chance.hpp"

namespace zeren::demo {

/// `2024-05-17`. Such dates compare as texts.
std::string day(int year, int month, int day_of_month);

/// `months` later, on the same day of the month; our dates keep to the first 28 days.
std::string later(const std::string& date, int months);

/// A day of the months `first` … `last`, as month_of() counts them.
std::string day_between(Chance& chance, int first, int last);

/// Months since January of the year 0.
constexpr int month_of(int year, int month) { return year * 12 + month - 1; }

}  // namespace zeren::demo
