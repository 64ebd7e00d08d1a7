// Recipients and counterparts as paths over relations, in a subset of SPARQL 1.1 property paths:
//   party_superior/^same_level   the commission beside the superior committee
//   same_level|stationed_at      the committee of the same level, or the units stationed at
// `^` binds tighter than `/`, and `/` tighter than `|`; parentheses group.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "org/model.hpp"
#include "org/organisation.hpp"

namespace zeren::org {

/// Parsed once, evaluated often. Immutable; any thread.
class Path final {
 public:
  /// Fails with ConfigInvalid at `where`, its column moved to the character that is wrong when it
  /// counts columns.
  static base::Result<Path> parse(std::string_view text, base::Where where = {});

  /// The units reached from `unit`, each once, ordered by code; empty when the path leads nowhere.
  std::vector<UnitId> evaluate(const Organisation& organisation, const UnitId& unit,
                               const AsOf& as_of) const;

  /// The path backwards: `a/b|c` is `^b/^a|^c`. It leads from one standing unit to another on a day where this one
  /// leads from the other to the one.
  Path inverse() const;

 private:
  friend class PathParser;

  enum class Shape : std::uint8_t { Step, Sequence, Alternative };
  struct Node {
    Shape shape = Shape::Step;
    RelationKind kind = RelationKind::PartySuperior;  // of a Step, as is the direction
    Direction direction = Direction::Forward;
    std::vector<Node> parts;  // of the others
  };

  explicit Path(Node root) : root_(std::move(root)) {}
  static void invert(Node& node);
  static std::vector<UnitId> reach(const Node& node, const Organisation& organisation,
                                   std::vector<UnitId> from, const AsOf& as_of);

  Node root_;
};

}  // namespace zeren::org
