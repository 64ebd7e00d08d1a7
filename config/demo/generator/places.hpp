// What the invented city is made of, as tables: its counties and towns, its departments and who
// watches them.
#pragma once

#include <span>
#include <string_view>

namespace zeren::demo {

struct Department {
  std::string_view code;
  std::string_view name;        ///< without the level: 财政局
  std::string_view short_name;  ///< 住建局
  bool committee = false;       ///< 党委 instead of 党组
  std::string_view since = {};  ///< empty: from the beginning
};

/// Of the city, most senior first.
std::span<const Department> city_departments();
/// Of each county.
std::span<const Department> county_departments();

/// A discipline group of the city or a county and the departments it is stationed at; it bears the
/// name of the first.
struct Station {
  std::string_view departments;  ///< codes, separated by blanks
};
std::span<const Station> city_stations();
std::span<const Station> county_stations();

struct County {
  std::string_view code;
  std::string_view name;    ///< 云岫县
  std::string_view prefix;  ///< of document numbers: 云
  bool district = false;    ///< its towns are mostly subdistricts
  int towns = 11;
};
std::span<const County> counties();

struct Syllable {
  std::string_view code;
  std::string_view name;
};
/// A town's name is one of the first and one of the second.
std::span<const Syllable> first_syllables();
std::span<const Syllable> second_syllables();

}  // namespace zeren::demo
