// A county or district: its committee and commission, its departments, its towns.
#pragma once

#include <cstddef>

#include "generator/builder.hpp"
#include "generator/places.hpp"

namespace zeren::demo {

/// Names of towns, none twice for the first 320.
class TownNames final {
 public:
  struct Name {
    std::string code;
    std::string name;
  };
  Name next();

 private:
  std::size_t count_ = 0;
};

void add_county(Builder& city, const County& county, TownNames& towns);

}  // namespace zeren::demo
