// Units, what binds them, and their posts. Who holds a post when is careers.hpp's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/tables.hpp"

namespace zeren::demo {

/// The day the invented city begins, and the first one that is not part of the story any more.
inline constexpr std::string_view kBegin = "2019-01-01";
inline constexpr std::string_view kPresent = "2026-11-01";

struct Unit {
  std::string code;
  std::string name;
  std::string short_name;
  std::string_view level;
  std::string_view kind;
  std::string from = std::string(kBegin);
  std::string to = {};  ///< empty: still there
};

struct Post {
  std::string code;
  std::string unit;
  std::string title;
  std::string_view post_class;
};

struct Relation {
  std::string from;
  std::string_view kind;
  std::string to;
  std::string valid_from = std::string(kBegin);
  std::string valid_to;
  std::string_view succession;
};

struct Structure {
  std::vector<Unit> units;
  std::vector<Relation> relations;
  std::vector<Post> posts;

  const Unit& unit(std::string_view code) const;  ///< which must be there
};

void add_rows(const Structure& structure, Tables& tables);

}  // namespace zeren::demo
