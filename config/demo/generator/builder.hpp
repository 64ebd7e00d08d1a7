// Puts a structure together: units, what binds them for as long as both are there, and posts.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "generator/structure.hpp"

namespace zeren::demo {

/// Of a post at some unit; the post's code is the unit's, a dash and `suffix`.
struct Title {
  std::string suffix;
  std::string title;
  std::string_view post_class;
};

class Builder final {
 public:
  void unit(Unit unit) { structure_.units.push_back(std::move(unit)); }

  /// For as long as both units are there.
  void bind(const std::string& from, std::string_view kind, const std::string& to);

  /// `from`, which ends, is taken over by `to`: `merge`, `split` or `rename`.
  void succeed(const std::string& from, const std::string& to, std::string_view how);

  void posts(const std::string& unit, std::initializer_list<Title> titles);

  const Unit& unit(std::string_view code) const { return structure_.unit(code); }
  Structure take() { return std::move(structure_); }

 private:
  Structure structure_;
};

}  // namespace zeren::demo
