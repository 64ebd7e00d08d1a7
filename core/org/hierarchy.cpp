#include "org/hierarchy.hpp"

#include <algorithm>

namespace zeren::org {
namespace {

constexpr std::uint32_t kNoIndex = PositionTable::kNone;

// The forest by index into `units`, before it is put in order. The children of one unit lie side by side.
struct Forest {
  std::vector<std::uint32_t> parent;
  std::vector<std::uint32_t> children;
  std::vector<std::uint32_t> starts;  // by unit, and one more

  std::span<const std::uint32_t> below(std::uint32_t unit) const {
    return std::span(children).subspan(starts[unit], starts[unit + 1] - starts[unit]);
  }
};

PositionTable table_of(std::span<const UnitId> units) {
  PositionTable table(units.size());
  for (std::uint32_t i = 0; i < units.size(); ++i) {
    table.insert(units[i].value.hash(), i, [&](std::uint32_t at) { return units[at] == units[i]; });
  }
  return table;
}

std::uint32_t find_in(const PositionTable& table, std::span<const UnitId> units, const UnitId& unit) {
  return table.find(unit.value.hash(), [&](std::uint32_t at) { return units[at] == unit; });
}

std::vector<std::uint32_t> parents_of(const std::vector<UnitId>& units,
                                      const std::vector<Hierarchy::Edge>& edges) {
  const auto index = table_of(units);
  std::vector<std::uint32_t> parents(units.size(), kNoIndex);
  for (const auto& edge : edges) {
    const auto unit = find_in(index, units, edge.unit);
    const auto superior = find_in(index, units, edge.superior);
    if (unit == kNoIndex || superior == kNoIndex) continue;
    if (parents[unit] == kNoIndex) parents[unit] = superior;
  }
  return parents;
}

Forest forest_of(const std::vector<UnitId>& units, const std::vector<Hierarchy::Edge>& edges) {
  Forest forest{parents_of(units, edges), {}, std::vector<std::uint32_t>(units.size() + 1)};
  for (const auto parent : forest.parent) {
    if (parent != kNoIndex) ++forest.starts[parent + 1];
  }
  for (std::size_t i = 1; i < forest.starts.size(); ++i) forest.starts[i] += forest.starts[i - 1];
  forest.children.resize(forest.starts.back());
  auto next = forest.starts;
  for (std::uint32_t i = 0; i < units.size(); ++i) {
    if (forest.parent[i] != kNoIndex) forest.children[next[forest.parent[i]]++] = i;
  }
  return forest;
}

// Appends the tree under `root` to `order`, each unit before those below it.
void append_tree(const Forest& forest, std::uint32_t root, std::vector<std::uint32_t>& order,
                 std::vector<bool>& visited) {
  std::vector<std::uint32_t> stack{root};
  while (!stack.empty()) {
    const auto unit = stack.back();
    stack.pop_back();
    if (visited[unit]) continue;
    visited[unit] = true;
    order.push_back(unit);
    const auto children = forest.below(unit);
    stack.insert(stack.end(), children.rbegin(), children.rend());
  }
}

// What no root reaches hangs from a cycle: as many steps up as there are units end inside it, and
// the unit found there is made a root.
std::vector<std::uint32_t> ordered(Forest& forest) {
  const auto size = static_cast<std::uint32_t>(forest.parent.size());
  std::vector<std::uint32_t> order;
  order.reserve(size);
  std::vector<bool> visited(size, false);
  for (std::uint32_t i = 0; i < size; ++i) {
    if (forest.parent[i] == kNoIndex) append_tree(forest, i, order, visited);
  }
  for (std::uint32_t i = 0; i < size; ++i) {
    if (visited[i]) continue;
    auto in_cycle = i;
    for (std::uint32_t step = 0; step < size; ++step) in_cycle = forest.parent[in_cycle];
    forest.parent[in_cycle] = kNoIndex;
    append_tree(forest, in_cycle, order, visited);
  }
  return order;
}

}  // namespace

Hierarchy::Hierarchy(const std::vector<UnitId>& units, const std::vector<Edge>& edges) {
  auto forest = forest_of(units, edges);
  const auto order = ordered(forest);
  std::vector<std::uint32_t> position(units.size(), kNone);
  order_.reserve(order.size());
  for (const auto unit : order) {
    position[unit] = static_cast<std::uint32_t>(order_.size());
    order_.push_back(units[unit]);
  }
  positions_ = table_of(order_);
  parent_.reserve(order.size());
  last_.reserve(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    const auto parent = forest.parent[order[i]];
    parent_.push_back(parent == kNone ? kNone : position[parent]);
    last_.push_back(i + 1);
  }
  // From the back, so that a subtree's end is final before its superior takes it over.
  for (std::size_t i = order.size(); i-- > 0;) {
    if (parent_[i] != kNone) last_[parent_[i]] = std::max(last_[parent_[i]], last_[i]);
  }
}

std::uint32_t Hierarchy::position(const UnitId& unit) const {
  return find_in(positions_, order_, unit);
}

std::optional<Interval> Hierarchy::interval(const UnitId& unit) const {
  const auto at = position(unit);
  if (at == kNone) return std::nullopt;
  return Interval{at, last_[at]};
}

std::span<const UnitId> Hierarchy::subtree(const UnitId& unit) const {
  const auto range = interval(unit);
  if (!range) return {};
  return order().subspan(range->first, range->last - range->first);
}

bool Hierarchy::contains(const UnitId& root, const UnitId& unit) const {
  const auto range = interval(root);
  if (!range) return false;
  const auto at = position(unit);
  return at != kNone && range->contains(at);
}

std::vector<UnitId> Hierarchy::superiors(const UnitId& unit) const {
  std::vector<UnitId> result;
  const auto found = position(unit);
  if (found == kNone) return result;
  for (auto at = parent_[found]; at != kNone; at = parent_[at]) result.push_back(order_[at]);
  return result;
}

}  // namespace zeren::org
