#include "org/guided_act.hpp"

#include <gtest/gtest.h>

#include "fixtures/small_city_world.hpp"
#include "org/succession.hpp"

namespace zeren::org {
namespace {

using base::Code;
using base::Result;

class GuidedAct : public testing::Test {
 protected:
  template <class Act>
  Result<store::ChangeSet> plan(const Act& act) {
    const auto rows = rows_of(world_.organisation(), act);
    if (!rows) return base::pass(rows);
    return plan_act(world_.organisation(), *rows, world_.ids_, world_.clock_.now());
  }
  template <class Act>
  std::shared_ptr<const Organisation> after(const Act& act, base::Date day) {
    world_.clock_.advance(std::chrono::hours{1});
    const auto change = plan(act);
    EXPECT_TRUE(change.has_value()) << (change ? "" : base::report_of(change.error()));
    world_.must_commit(*change);
    return *Organisation::load(world_.session(), day);
  }

  fixtures::SmallCityWorld world_;
  const base::Date spring_ = base::make_date(2026, 4, 1);
  const HeirUnit heir_{"qinglan-fiscal", "财政审计局党组", "", "city", "party_group"};
};

TEST_F(GuidedAct, AMergerEndsWhatHungOnTheOldUnits) {
  const auto now = after(
      UnitSuccession{"merge", {"qinglan-finance", "qinglan-audit"}, {heir_}, spring_}, spring_);
  const auto& old = *now->unit_by_code("qinglan-finance");
  EXPECT_EQ(old.valid.to, spring_);
  EXPECT_TRUE(now->posts_of(old.id, {spring_}).empty());
  const auto* post = now->post_by_code("qinglan-finance-principal");
  for (const auto* held : now->tenures_of(post->id, base::Instant::max()))
    EXPECT_LE(held->valid.to, spring_);
  EXPECT_TRUE(now->covering(old.id, {spring_}).empty());
  EXPECT_EQ(mapped_to(*now, old.id, {spring_}).size(), 1U);
}

TEST_F(GuidedAct, TheHeirTakesTheirPlaceAmongTheOthers) {
  const auto& before = world_.organisation();
  const auto above = before.superiors(RelationKind::PartySuperior, world_.unit("qinglan-finance"));
  const auto now = after(
      UnitSuccession{"merge", {"qinglan-finance", "qinglan-audit"}, {heir_}, spring_}, spring_);
  EXPECT_EQ(now->superiors(RelationKind::PartySuperior, now->unit_by_code("qinglan-fiscal")->id),
            above);
  const auto group = now->unit_by_code("qinglan-finance-group")->id;
  const auto hosts = now->related(group, RelationKind::StationedAt, Direction::Forward, {spring_});
  ASSERT_EQ(hosts.size(), 1U) << "who was stationed at an old unit is stationed at the new one";
  EXPECT_EQ(now->unit(hosts.front())->code, "qinglan-fiscal");
}

TEST_F(GuidedAct, TheWholeActIsOneChangeUnderTheEpoch) {
  const auto change = plan(UnitSuccession{"rename", {"qinglan-audit"}, {heir_}, spring_});
  ASSERT_TRUE(change.has_value());
  EXPECT_EQ(change->reads.size(), 1U);
  EXPECT_EQ(change->answer.at("without_successor"), base::Json::array());
}

TEST_F(GuidedAct, NobodyTakesOverFromTheUnitAboveIt) {
  const HeirUnit below{"qinglan-finance", "", "", "", ""};
  const auto refused = plan(UnitSuccession{"merge", {"qinglan"}, {below}, spring_});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::RequestMalformed);
  EXPECT_EQ(refused.error().args.at("reason").find("qinglan-finance stands below qinglan"), 0U);
}

TEST_F(GuidedAct, AUnitDoesNotEndBeneathThoseAppointedToItLater) {
  const HeirUnit audit{"qinglan-audit", "", "", "", ""};
  const auto refused = plan(UnitSuccession{"merge", {"qinglan-finance"}, {audit}, base::make_date(2021, 1, 1)});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::RequestMalformed);
  EXPECT_NE(refused.error().args.at("reason").find("p-016 qinglan-finance-principal"), std::string::npos)
      << refused.error().args.at("reason");
}

TEST_F(GuidedAct, NobodyIsAppointedToAPostWhoseUnitEnded) {
  const auto now = after(UnitSuccession{"rename", {"qinglan-audit"}, {heir_}, spring_}, spring_);
  const auto later = base::make_date(2026, 5, 1);
  const auto rows = rows_of(*now, NewAppointment{"p-001", "qinglan-audit-clerk", "formal", "", later, {}});
  const auto refused = plan_act(*now, *rows, world_.ids_, world_.clock_.now());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::CsvValueInvalid);
  EXPECT_NE(refused.error().args.at("allowed").find("qinglan-audit"), std::string::npos);
  EXPECT_NE(refused.error().args.at("allowed.zh-CN").find("2026-04-01"), std::string::npos);
}

TEST_F(GuidedAct, NothingPassesToAUnitThatDoesNotStandThatDay) {
  const auto now = after(UnitSuccession{"rename", {"qinglan-audit"}, {heir_}, spring_}, spring_);
  const HeirUnit gone{"qinglan-audit", "", "", "", ""};
  const HeirUnit not_yet{"qinglan-fiscal", "", "", "", ""};
  for (const auto& [heir, day] : {std::pair(gone, spring_), std::pair(not_yet, base::make_date(2026, 3, 1))}) {
    const auto rows = rows_of(*now, UnitSuccession{"merge", {"qinglan-finance"}, {heir}, day});
    ASSERT_FALSE(rows) << heir.code;
    EXPECT_EQ(rows.error().code, Code::RequestMalformed);
    EXPECT_EQ(rows.error().args.at("reason").find(heir.code + " does not stand on "), 0U);
  }
}

TEST_F(GuidedAct, ARenamedUnitGoesOnUnderACodeThatNoneHasYet) {
  const HeirUnit standing{"qinglan-finance", "", "", "", ""};
  const auto refused = plan(UnitSuccession{"rename", {"qinglan-audit"}, {standing}, spring_});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::RequestMalformed);
  EXPECT_EQ(refused.error().args.at("reason").find("qinglan-finance is a unit already"), 0U);
}

TEST_F(GuidedAct, UnitsMustMakeTheSuccessionTheyAreCalled) {
  EXPECT_EQ(plan(UnitSuccession{"split", {"qinglan-audit"}, {heir_}, spring_}).error().code,
            Code::RequestMalformed);
  EXPECT_EQ(plan(UnitSuccession{"swap", {"qinglan-audit"}, {heir_}, spring_}).error().code,
            Code::RequestMalformed);
  EXPECT_EQ(plan(UnitSuccession{"rename", {"nowhere"}, {heir_}, spring_}).error().code,
            Code::UnitUnknown);
  EXPECT_EQ(
      plan(UnitSuccession{
               "rename", {"qinglan-audit"}, {{"new", "", "", "city", "party_group"}}, spring_})
          .error()
          .code,
      Code::CsvValueMissing);
}

TEST_F(GuidedAct, NobodyHoldsAPostTwiceAtATimeNorTwoPeopleASingleOne) {
  EXPECT_EQ(plan(NewAppointment{"p-016", "qinglan-finance-principal", "formal", "1号", spring_, {}})
                .error()
                .code,
            Code::CsvOverlap);
  EXPECT_EQ(plan(NewAppointment{"p-017", "qinglan-finance-principal", "formal", "1号", spring_, {}})
                .error()
                .code,
            Code::CsvOverlap);
}

TEST_F(GuidedAct, AnAppointmentEndsOnItsDayAndNotBeforeItBegan) {
  const auto now = after(EndedAppointment{"p-016", "qinglan-finance-principal", spring_}, spring_);
  const auto* post = now->post_by_code("qinglan-finance-principal");
  EXPECT_EQ(now->tenures_of(post->id, base::Instant::max()).front()->valid.to, spring_);
  EXPECT_EQ(
      plan(EndedAppointment{"p-016", "qinglan-finance-principal", base::make_date(2020, 1, 1)})
          .error()
          .code,
      Code::AppointmentUnknown);
}

}  // namespace
}  // namespace zeren::org
