// Departments with their party groups, and the discipline groups stationed at them.
#pragma once

#include <span>
#include <string>

#include "generator/builder.hpp"
#include "generator/places.hpp"

namespace zeren::demo {

/// Whose departments they are.
struct Level {
  std::string committee;    ///< code
  std::string place;        ///< 青澜市
  std::string short_place;  ///< 市
};

struct Life {
  std::string from = std::string(kBegin);
  std::string to = {};
};

void add_department(Builder& city, const Level& level, const Department& department,
                    const Life& life = {});

/// Stationed at all of its departments; its head sits in the party group of the first.
void add_station(Builder& city, const Level& level, const Station& station,
                 std::span<const Department> departments);

/// Departments of the city that are gone: one renamed, one merged into another.
void add_former_departments(Builder& city, const Level& level);

}  // namespace zeren::demo
