#include "org/hierarchy.hpp"

#include <algorithm>

namespace zeren::org {
namespace {

constexpr std::uint32_t kNoIndex = UINT32_MAX;

// The forest by index into `units`, before it is put in order.
struct Forest {
  std::vector<std::uint32_t> parent;
  std::vector<std::vector<std::uint32_t>> children;
};

std::unordered_map<UnitId, std::uint32_t> index_of(const std::vector<UnitId>& units) {
  std::unordered_map<UnitId, std::uint32_t> index;
  index.reserve(units.size());
  for (const auto& unit : units) {
    index.try_emplace(unit, static_cast<std::uint32_t>(index.size()));
  }
  return index;
}

Forest forest_of(const std::vector<UnitId>& units, const std::vector<Hierarchy::Edge>& edges) {
  const auto index = index_of(units);
  Forest forest{std::vector(units.size(), kNoIndex), {}};
  for (const auto& edge : edges) {
    const auto unit = index.find(edge.unit);
    const auto superior = index.find(edge.superior);
    if (unit == index.end() || superior == index.end()) continue;
    auto& parent = forest.parent[unit->second];
    if (parent == kNoIndex) parent = superior->second;
  }
  forest.children.resize(units.size());
  for (std::uint32_t i = 0; i < units.size(); ++i) {
    if (forest.parent[i] != kNoIndex) forest.children[forest.parent[i]].push_back(i);
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
    const auto& children = forest.children[unit];
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
  position_.reserve(order.size());
  for (const auto unit : order) {
    position[unit] = static_cast<std::uint32_t>(order_.size());
    position_.try_emplace(units[unit], position[unit]);
    order_.push_back(units[unit]);
  }
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

std::optional<Interval> Hierarchy::interval(const UnitId& unit) const {
  const auto found = position_.find(unit);
  if (found == position_.end()) return std::nullopt;
  return Interval{found->second, last_[found->second]};
}

std::span<const UnitId> Hierarchy::subtree(const UnitId& unit) const {
  const auto range = interval(unit);
  if (!range) return {};
  return order().subspan(range->first, range->last - range->first);
}

bool Hierarchy::contains(const UnitId& root, const UnitId& unit) const {
  const auto range = interval(root);
  const auto found = position_.find(unit);
  return range && found != position_.end() && range->contains(found->second);
}

std::vector<UnitId> Hierarchy::superiors(const UnitId& unit) const {
  std::vector<UnitId> result;
  const auto found = position_.find(unit);
  if (found == position_.end()) return result;
  for (auto at = parent_[found->second]; at != kNone; at = parent_[at]) {
    result.push_back(order_[at]);
  }
  return result;
}

}  // namespace zeren::org
