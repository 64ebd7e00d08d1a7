#include "org/hierarchy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace zeren::org {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

UnitId id(const std::string& name) { return UnitId{name}; }

// A forest that is walked edge by edge: what the labels must agree with.
struct NaiveForest {
  std::vector<UnitId> units;
  std::vector<std::optional<std::size_t>> parent;

  static NaiveForest random(std::uint32_t seed) {
    std::mt19937 dice(seed);
    NaiveForest forest;
    const std::size_t size = 1 + dice() % 60;
    std::vector<std::size_t> order(size);
    for (std::size_t i = 0; i < size; ++i) {
      order[i] = i;
      forest.units.push_back(id("u" + std::to_string(i)));
    }
    std::shuffle(order.begin(), order.end(), dice);  // so that parents do not come first
    forest.parent.resize(size);
    for (std::size_t i = 1; i < size; ++i) {
      if (dice() % 6 != 0) forest.parent[order[i]] = order[dice() % i];
    }
    return forest;
  }

  std::vector<Hierarchy::Edge> edges() const {
    std::vector<Hierarchy::Edge> result;
    for (std::size_t i = 0; i < units.size(); ++i) {
      if (parent[i]) result.push_back({units[i], units[*parent[i]]});
    }
    return result;
  }

  std::vector<UnitId> superiors(std::size_t unit) const {
    std::vector<UnitId> result;
    for (auto at = parent[unit]; at; at = parent[*at]) result.push_back(units[*at]);
    return result;
  }

  std::set<UnitId> subtree(std::size_t root) const {
    std::set<UnitId> result{units[root]};
    for (std::size_t i = 0; i < units.size(); ++i) {
      const auto above = superiors(i);
      if (std::count(above.begin(), above.end(), units[root]) > 0) result.insert(units[i]);
    }
    return result;
  }
};

void expect_labels_agree(const NaiveForest& forest) {
  const Hierarchy hierarchy(forest.units, forest.edges());
  ASSERT_EQ(hierarchy.order().size(), forest.units.size());
  for (std::size_t i = 0; i < forest.units.size(); ++i) {
    const auto& root = forest.units[i];
    const auto expected = forest.subtree(i);
    const auto range = hierarchy.subtree(root);
    EXPECT_EQ(std::set<UnitId>(range.begin(), range.end()), expected);
    EXPECT_EQ(range.size(), expected.size());
    EXPECT_EQ(hierarchy.superiors(root), forest.superiors(i));
    for (const auto& unit : forest.units) {
      EXPECT_EQ(hierarchy.contains(root, unit), expected.contains(unit));
    }
  }
}

TEST(Hierarchy, LabelsAgreeWithWalkingTheEdgesOfRandomForests) {
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    expect_labels_agree(NaiveForest::random(seed));
  }
}

TEST(Hierarchy, SubtreeIsOneRangeWithItsRootFirst) {
  const Hierarchy hierarchy({id("a"), id("b"), id("c"), id("d")},
                            {{id("b"), id("a")}, {id("c"), id("b")}, {id("d"), id("a")}});
  EXPECT_THAT(hierarchy.order(), ElementsAre(id("a"), id("b"), id("c"), id("d")));
  EXPECT_EQ(hierarchy.interval(id("b")), (Interval{1, 3}));
  EXPECT_THAT(hierarchy.subtree(id("b")), ElementsAre(id("b"), id("c")));
  EXPECT_THAT(hierarchy.superiors(id("c")), ElementsAre(id("b"), id("a")));
}

TEST(Hierarchy, KnowsNothingOfUnitsOutsideIt) {
  const Hierarchy hierarchy({id("a")}, {});
  EXPECT_FALSE(hierarchy.interval(id("x")).has_value());
  EXPECT_THAT(hierarchy.subtree(id("x")), IsEmpty());
  EXPECT_THAT(hierarchy.superiors(id("x")), IsEmpty());
  EXPECT_FALSE(hierarchy.contains(id("a"), id("x")));
  EXPECT_FALSE(hierarchy.contains(id("x"), id("a")));
}

TEST(Hierarchy, StandsOnTablesThatHoldACycle) {
  const Hierarchy hierarchy(
      {id("a"), id("b"), id("c"), id("tail")},
      {{id("a"), id("b")}, {id("b"), id("c")}, {id("c"), id("a")}, {id("tail"), id("a")}});
  EXPECT_EQ(hierarchy.order().size(), 4U);
  EXPECT_TRUE(hierarchy.contains(id("a"), id("tail")));
  EXPECT_EQ(hierarchy.subtree(hierarchy.order().front()).size(), 4U);
}

TEST(Hierarchy, KeepsTheFirstOfTwoSuperiorsAndIgnoresStrangers) {
  const Hierarchy hierarchy({id("a"), id("b"), id("c")},
                            {{id("c"), id("x")}, {id("c"), id("a")}, {id("c"), id("b")}});
  EXPECT_THAT(hierarchy.superiors(id("c")), ElementsAre(id("a")));
  EXPECT_THAT(hierarchy.subtree(id("b")), ElementsAre(id("b")));
}

}  // namespace
}  // namespace zeren::org
