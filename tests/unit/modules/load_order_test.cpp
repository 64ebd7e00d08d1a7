// A module comes after what it needs; a circle costs its members, a gap the subtree that stands on
// it.
#include "modules/load_order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/messages.hpp"

namespace zeren::modules {
namespace {

using base::Code;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;

Candidate module(const std::string& id, const std::vector<std::string>& needs = {}) {
  Candidate candidate{id, "1.0.0", {}};
  for (const auto& need : needs) candidate.needs.push_back({need, "1.0.0"});
  return candidate;
}

TEST(LoadOrderTest, PutsAModuleAfterWhatItNeeds) {
  const auto order = load_order({module("a", {"c"}), module("b", {"a"}), module("c")});
  EXPECT_THAT(order.order, ElementsAre("c", "a", "b"));
  EXPECT_THAT(order.circular, IsEmpty());
}

TEST(LoadOrderTest, PutsAModuleAfterThoseItUsesWhereTheyAreThere) {
  auto user = module("a");
  user.uses = {{"c", "1.0.0"}, {"absent", "1.0.0"}};
  const auto order = load_order({user, module("b"), module("c")});
  EXPECT_THAT(order.order, ElementsAre("b", "c", "a"));
  EXPECT_EQ(unmet_need(user, {}, {}), std::nullopt);
}

TEST(LoadOrderTest, DoesNotMindModulesThatUseEachOther) {
  auto a = module("a");
  auto b = module("b");
  a.uses = {{"b", "1.0.0"}};
  b.uses = {{"a", "1.0.0"}};
  const auto order = load_order({a, b, module("c", {"b"})});
  EXPECT_THAT(order.order, ElementsAre("a", "b", "c"));
  EXPECT_THAT(order.circular, IsEmpty());
}

TEST(LoadOrderTest, IsTheSameWhateverTheSequenceOfItsInput) {
  std::vector<Candidate> modules{module("d"), module("b", {"d"}), module("a"), module("c", {"a"})};
  const auto order = load_order(modules).order;
  std::ranges::reverse(modules);
  EXPECT_EQ(load_order(modules).order, order);
}

TEST(LoadOrderTest, LeavesOutTheMembersOfACircleAndNobodyElse) {
  const auto order = load_order({module("a", {"b"}), module("b", {"c"}), module("c", {"a"}),
                                 module("d", {"a"}), module("e")});
  EXPECT_THAT(order.circular, ElementsAre(Key("a"), Key("b"), Key("c")));
  EXPECT_EQ(order.circular.at("b").code, Code::ModuleDependencyCircular);
  EXPECT_THAT(base::text_of(order.circular.at("b")), HasSubstr("a, b, c"));
  EXPECT_THAT(order.order, ElementsAre("d", "e"));
}

TEST(LoadOrderTest, TellsTwoCirclesApart) {
  const auto order = load_order(
      {module("a", {"b"}), module("b", {"a", "c"}), module("c", {"d"}), module("d", {"c"})});
  EXPECT_EQ(order.circular.at("a").args.at("modules"), "a, b");
  EXPECT_EQ(order.circular.at("d").args.at("modules"), "c, d");
}

TEST(LoadOrderTest, TakesAModuleThatNeedsItselfForACircle) {
  EXPECT_THAT(load_order({module("a", {"a"})}).circular, ElementsAre(Key("a")));
}

TEST(LoadOrderTest, DoesNotMindNeedsThatAreNoCandidates) {
  EXPECT_THAT(load_order({module("a", {"absent"})}).order, ElementsAre("a"));
}

TEST(LoadOrderTest, OrdersALongChainAndNothingAtAll) {
  std::vector<Candidate> chain;
  for (int i = 0; i < 300; ++i) {
    chain.push_back(module("m" + std::to_string(i), {"m" + std::to_string(i + 1)}));
  }
  const auto order = load_order(chain).order;
  ASSERT_EQ(order.size(), 300U);
  EXPECT_EQ(order.front(), "m299");
  EXPECT_THAT(load_order({}).order, IsEmpty());
}

TEST(UnmetNeedTest, IsNothingWhenAllIsInForce) {
  EXPECT_EQ(unmet_need(module("a", {"b"}), {{"b", "1.0.0"}}, {}), std::nullopt);
  EXPECT_EQ(unmet_need(module("a", {"b"}), {{"b", "1.0.1"}}, {}), std::nullopt);
  EXPECT_EQ(unmet_need(module("a"), {}, {}), std::nullopt);
}

TEST(UnmetNeedTest, NamesAModuleThatIsNotEnabled) {
  const auto unmet = unmet_need(module("a", {"b"}), {{"c", "1.0.0"}}, {});
  ASSERT_TRUE(unmet.has_value());
  EXPECT_EQ(unmet->code, Code::ModuleDependencyMissing);
  EXPECT_EQ(
      base::text_of(*unmet),
      "a needs the module b in version 1.0.0 or later, and it is not enabled; enable that first");
  EXPECT_EQ(base::text_of(*unmet, base::Language::Chinese),
            "模块 a 依赖模块 b（不低于 1.0.0 版），该模块尚未启用；请先启用符合要求的版本");
}

TEST(UnmetNeedTest, NamesAnOlderVersion) {
  const auto unmet = unmet_need(module("a", {"b"}), {{"b", "0.9.9"}}, {});
  ASSERT_TRUE(unmet.has_value());
  EXPECT_THAT(base::text_of(*unmet), HasSubstr("version 0.9.9 is enabled"));
}

TEST(UnmetNeedTest, SaysWhyTheNeededModuleIsOut) {
  const base::Error why{Code::ModuleQuarantined, {{"module", "b"}}, {}, {}};
  const auto unmet = unmet_need(module("a", {"b"}), {}, {{"b", why}});
  ASSERT_TRUE(unmet.has_value());
  EXPECT_THAT(unmet->causes, ElementsAre(why));
}

}  // namespace
}  // namespace zeren::modules
