#include "generator/day.hpp"

#include <array>
#include <cstdio>

namespace zeren::demo {

std::string day(int year, int month, int day_of_month) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month, day_of_month);
  return text.data();
}

std::string later(const std::string& date, int months) {
  const auto month = month_of(std::stoi(date.substr(0, 4)), std::stoi(date.substr(5, 2))) + months;
  return day(month / 12, month % 12 + 1, std::stoi(date.substr(8, 2)));
}

std::string day_between(Chance& chance, int first, int last) {
  const auto month = chance.between(first, last);
  return day(month / 12, month % 12 + 1, chance.between(3, 28));
}

}  // namespace zeren::demo
