#include "generator/structure.hpp"

#include <algorithm>

#include "generator/builder.hpp"

namespace zeren::demo {

const Unit& Structure::unit(std::string_view code) const {
  return *std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.code == code; });
}

void Builder::bind(const std::string& from, std::string_view kind, const std::string& to) {
  const auto& a = structure_.unit(from);
  const auto& b = structure_.unit(to);
  auto end = a.to;
  if (!b.to.empty() && (end.empty() || b.to < end)) end = b.to;
  structure_.relations.push_back({from, kind, to, std::max(a.from, b.from), end, ""});
}

void Builder::succeed(const std::string& from, const std::string& to, std::string_view how) {
  structure_.relations.push_back({from, "successor", to, structure_.unit(from).to, "", how});
}

void Builder::posts(const std::string& unit, std::initializer_list<Title> titles) {
  for (const auto& title : titles) {
    structure_.posts.push_back({unit + "-" + title.suffix, unit, title.title, title.post_class});
  }
}

void add_rows(const Structure& structure, Tables& tables) {
  for (const auto& unit : structure.units) {
    tables.units.rows.push_back({unit.code, unit.name, unit.short_name, std::string(unit.level),
                                 std::string(unit.kind), unit.from, unit.to});
  }
  for (const auto& relation : structure.relations) {
    tables.relations.rows.push_back({relation.from, std::string(relation.kind), relation.to,
                                     relation.valid_from, relation.valid_to,
                                     std::string(relation.succession)});
  }
  for (const auto& post : structure.posts) {
    tables.posts.rows.push_back({post.code, post.unit, post.title, std::string(post.post_class)});
  }
}

}  // namespace zeren::demo
