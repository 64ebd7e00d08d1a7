// Invented people: a surname and two characters, none twice.
#pragma once

#include <set>
#include <string>

#include "generator/chance.hpp"

namespace zeren::demo {

class Names final {
 public:
  /// A name nobody has yet. There are some 150,000.
  std::string next(Chance& chance);

 private:
  std::set<std::string> taken_;
};

}  // namespace zeren::demo
