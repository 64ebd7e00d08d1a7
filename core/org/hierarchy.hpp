// One forest of units, labelled by intervals: a subtree is a contiguous range, so that "within the
// subtree of" is two comparisons and a roll-up reads neighbouring cells of a column.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "org/id.hpp"
#include "org/position_table.hpp"

namespace zeren::org {

/// Positions [first, last) in Hierarchy::order().
struct Interval {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  bool contains(std::uint32_t position) const { return first <= position && position < last; }
  bool operator==(const Interval&) const = default;
};

/// Immutable; any thread. Spans live as long as the hierarchy.
class Hierarchy final {
 public:
  struct Edge {
    UnitId unit;
    UnitId superior;
  };

  Hierarchy() = default;

  /// `units` names each once; siblings keep its order. A unit without an edge is a root.
  /// Edges to units not listed are ignored, so is a second edge of one unit, and one edge of a
  /// cycle: imports refuse those, but a snapshot must stand whatever the table holds.
  Hierarchy(const std::vector<UnitId>& units, const std::vector<Edge>& edges);

  /// All units, each before its subtree.
  std::span<const UnitId> order() const { return order_; }

  /// The label of `unit`; nullopt when it is not part of the forest.
  std::optional<Interval> interval(const UnitId& unit) const;

  /// `unit` and all below it; empty when it is not part of the forest.
  std::span<const UnitId> subtree(const UnitId& unit) const;

  /// True when `unit` is `root` or below it.
  bool contains(const UnitId& root, const UnitId& unit) const;

  /// The superiors of `unit`, nearest first, up to the root.
  std::vector<UnitId> superiors(const UnitId& unit) const;

 private:
  static constexpr std::uint32_t kNone = PositionTable::kNone;

  std::uint32_t position(const UnitId& unit) const;

  std::vector<UnitId> order_;
  std::vector<std::uint32_t> last_;    // by position: where the subtree ends
  std::vector<std::uint32_t> parent_;  // by position; kNone for a root
  PositionTable positions_;            // in order_
};

}  // namespace zeren::org
