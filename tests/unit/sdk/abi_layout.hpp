// Where the members of the boundary's structs stand, in a release (a text beside this file) and today.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace zeren::sdk {

struct Place {
  std::size_t offset = 0;
  std::size_t size = 0;
  bool operator==(const Place&) const = default;
};

struct Struct {
  std::size_t size = 0;
  std::map<std::string, Place> members;
};

using Layout = std::map<std::string, Struct>;

/// As the headers of this checkout compile.
Layout layout_of_today();

/// Reads `name bytes` and `name.member offset bytes`, one a line.
Layout parse_layout(const std::string& text);

/// One sentence for each way in which `today` does not begin with `released`: a struct that went or shrank, a
/// member that moved or changed its size, a new one that stands within what was released.
std::vector<std::string> breaks(const Layout& released, const Layout& today);

}  // namespace zeren::sdk
