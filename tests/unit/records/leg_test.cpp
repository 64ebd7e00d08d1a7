// Single legs of a dispatch: held, withheld, redacted, and those that go by hand.
#include "records/leg_plans.hpp"

#include <gmock/gmock.h>

#include "records/obligation_merge.hpp"
#include "unit/records/task_course.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using testing::ElementsAre;
using testing::SizeIs;

class LegTest : public TaskCourse {
 protected:
  LegTest() {
    const auto both = Json::parse(
        R"({"by": [{"role": "drafter", "at": "owner"}, {"role": "approver", "at": "owner"}]})");
    const auto approver = Json::parse(R"({"by": [{"role": "approver", "at": "owner"}]})");
    type_ = world_.type_with(
        {{"legs", {{"withhold", approver}, {"release", approver}, {"enter", both}}},
         {"profiles",
          {{"brief", {{"title", {{"en", "Brief"}, {"zh-CN", "摘要"}}}, {"without", {"problems"}}}}}}});
  }

  // How the copy for `unit` goes.
  Recipients& copy_for(const std::string& unit) {
    for (auto& to : owed_.recipients) {
      if (to.units.front() == world_.unit(unit)) return to;
    }
    ADD_FAILURE() << unit;
    return owed_.recipients.front();
  }

  Counting counting() { return {world_.calendar(), "Asia/Shanghai"}; }

  base::Result<void> withhold(const std::string& who, const std::string& unit, const std::string& reason) {
    return carry_out(plan_withhold(type_, record_, leg(unit).id, reason, world_.actor(who), planning()));
  }

  base::Result<void> release(const std::string& who, const std::string& unit) {
    return carry_out(
        plan_release(type_, record_, leg(unit).id, "", world_.actor(who), planning(), counting()));
  }

  base::Result<void> enter(const std::string& who, const std::string& kind, const std::string& number = "机要 7") {
    const HandEntry entry{kind, world_.clock_.now(), number, ""};
    return carry_out(plan_enter(type_, record_, leg("qinglan").id, entry, world_.actor(who), planning()));
  }

  base::Result<void> confirm(const std::string& who, const std::string& kind) {
    return carry_out(plan_confirm(type_, record_, leg("qinglan").id, kind, world_.actor(who), planning(),
                                  counting()));
  }

  bool seen_by(const std::string& unit) {
    Visibility visibility;
    visibility.windows = {{"dual_reports", "principal_report", {Side::Recipient}, {world_.unit(unit)}}};
    return is_visible(world_.session(), visibility, record_.id).value();
  }
};

TEST_F(LegTest, AHeldLegReachesItsRecipientOnlyWhenItIsReleased) {
  copy_for("qinglan").held = true;
  sent();
  EXPECT_EQ(leg("qinglan").state, LegState::Held);
  EXPECT_FALSE(leg("qinglan").delivered_at);
  EXPECT_FALSE(seen_by("qinglan"));
  EXPECT_TRUE(seen_by("qinglan-cdi"));
  EXPECT_THAT(release(kClerk, "qinglan"), RefusedWith(Code::Forbidden));
  ASSERT_THAT(release(kPrincipal, "qinglan"), Done());
  EXPECT_TRUE(seen_by("qinglan"));
  EXPECT_EQ(plan_.events.front().data.at("sent"), true);
  EXPECT_TRUE(leg("qinglan").delivered_at);
  EXPECT_THAT(release(kPrincipal, "qinglan"), RefusedWith(Code::LegAlreadyAnswered));
}

TEST_F(LegTest, AWithheldLegLeavesNoTraceAndHoldsNothingUp) {
  sent();
  EXPECT_THAT(withhold(kClerk, "qinglan", "涉及该单位"), RefusedWith(Code::Forbidden));
  EXPECT_THAT(withhold(kPrincipal, "qinglan", ""), RefusedWith(Code::StepReasonMissing));
  ASSERT_THAT(withhold(kPrincipal, "qinglan", "涉及该单位"), Done());
  EXPECT_FALSE(seen_by("qinglan"));
  EXPECT_EQ(leg("qinglan").decided_by, kPrincipal);
  EXPECT_EQ(leg("qinglan").decision, "涉及该单位");
  ASSERT_THAT(answer_leg(kCommission, "qinglan-cdi", "sign_for"), Done());
  EXPECT_EQ(record_.state, "receipted");
  ASSERT_THAT(step(kPrincipal, {"correct", "有误"}), Done());
  EXPECT_THAT(plan_.events.front().data.at("recipients"), SizeIs(1));
}

TEST_F(LegTest, WithholdingTheLastOneThatWaitsCompletesTheDispatch) {
  sent();
  ASSERT_THAT(answer_leg(kCommission, "qinglan-cdi", "sign_for"), Done());
  ASSERT_THAT(withhold(kPrincipal, "qinglan", "涉及该单位"), Done());
  EXPECT_EQ(record_.state, "receipted");
}

TEST_F(LegTest, WhatWasReadIsWithheldNoMore) {
  sent();
  ASSERT_THAT(read_by(kCity), Done());
  EXPECT_THAT(withhold(kPrincipal, "qinglan", "涉及该单位"), RefusedWith(Code::LegAlreadyAnswered));
}

TEST_F(LegTest, AWithheldLegDoesNotMakeTheDispatchLate) {
  store::ChangeSet run;
  run.rows = plan_derivation({}, world_.derived(), fixtures::kYear2026)->rows;
  world_.must_commit(run);
  copy_for("qinglan").held = true;
  sent();
  const auto delivered = [&] {
    const auto all = *load_standings(world_.session());
    return std::ranges::find(all, record_.id, &Standing::record)->first_delivered;
  };
  EXPECT_FALSE(delivered());
  ASSERT_THAT(withhold(kPrincipal, "qinglan", "涉及该单位"), Done());
  EXPECT_EQ(delivered(), leg("qinglan-cdi").delivered_at);
}

TEST_F(LegTest, ARedactedCopyHasADigestOfItsOwnAndTheOthersShareOne) {
  copy_for("qinglan").profile = "brief";
  sent();
  EXPECT_EQ(leg("qinglan").profile, "brief");
  EXPECT_NE(leg("qinglan").digest, record_.rounds.back().digest);
  EXPECT_EQ(leg("qinglan").digest.size(), record_.rounds.back().digest.size());
  EXPECT_EQ(leg("qinglan-cdi").digest, "");
  const auto copy = redacted(type_, "brief", record_.content);
  EXPECT_FALSE(copy.contains("problems"));
  EXPECT_TRUE(copy.contains("fulfilment"));
}

TEST_F(LegTest, WhatGoesByHandIsEnteredByOneAndConfirmedByAnother) {
  copy_for("qinglan").channel = "courier";
  sent();
  EXPECT_FALSE(leg("qinglan").delivered_at);
  EXPECT_THAT(enter(kClerk, "receipt"), RefusedWith(Code::RequestMalformed));  // the delivery comes first
  EXPECT_THAT(enter(kClerk, "delivery", " "), RefusedWith(Code::RequestMalformed));
  ASSERT_THAT(enter(kClerk, "delivery"), Done());
  EXPECT_FALSE(leg("qinglan").delivered_at);
  EXPECT_THAT(confirm(kClerk, "delivery"), RefusedWith(Code::LegNeedsSecondPerson));
  ASSERT_THAT(confirm(kPrincipal, "delivery"), Done());
  EXPECT_EQ(leg("qinglan").delivered_at, leg("qinglan").entry("delivery")->happened_at);
  EXPECT_THAT(enter(kClerk, "delivery"), RefusedWith(Code::LegAlreadyAnswered));
  ASSERT_THAT(enter(kPrincipal, "receipt"), Done());
  ASSERT_THAT(confirm(kClerk, "receipt"), Done());
  EXPECT_EQ(leg("qinglan").state, LegState::Receipted);
  EXPECT_FALSE(leg("qinglan").receipt.empty());
  ASSERT_THAT(answer_leg(kCommission, "qinglan-cdi", "sign_for"), Done());
  EXPECT_EQ(record_.state, "receipted");
}

TEST_F(LegTest, NothingIsEnteredByHandForWhatTheSystemDelivers) {
  sent();
  EXPECT_THAT(enter(kClerk, "delivery"), RefusedWith(Code::LegNotManual));
}

TEST_F(LegTest, ALegThatGoesLaterThanTheOthersIsSentAllTheSameAndTheDistanceIsKept) {
  copy_for("qinglan").held = true;
  sent();  // 1 January 2026; the 2nd and 3rd are free, the 4th is worked
  world_.clock_.advance(std::chrono::hours(24 * 4));
  ASSERT_THAT(release(kPrincipal, "qinglan"), Done());
  EXPECT_EQ(record_.rounds.back().skew, 2);
}

TEST_F(LegTest, AReturnRecallsWhatIsHeldToo) {
  copy_for("qinglan").held = true;
  sent();
  ASSERT_THAT(answer_leg(kCommission, "qinglan-cdi", "return", "请补充"), Done());
  EXPECT_EQ(leg("qinglan").state, LegState::Recalled);
}

TEST_F(LegTest, NoCountersigningHoldsASendingPastItsDueDateAndDissentGoesWithIt) {
  submitted();
  ASSERT_THAT(give(kClerk, order(TaskKind::Countersign, {kAudit, kHousing}, "请会签")), Done());
  ASSERT_THAT(answer(kAudit, TaskVerb::Disagree, "口径不一致"), Done());
  EXPECT_THAT(step(kPrincipal, {"approve", ""}), RefusedWith(Code::TasksOpen));
  EXPECT_EQ(base::family_of(Code::TasksOpen), base::Family::Conflict);
  StepRequest late{"approve", ""};
  late.time_is_up = true;
  ASSERT_THAT(step(kPrincipal, late), Done());
  const auto& dissent = record_.rounds.back().dissent;
  ASSERT_THAT(dissent, SizeIs(2));
  EXPECT_EQ(dissent.at(0).at("opinion"), "口径不一致");
  EXPECT_THAT(states(), ElementsAre(TaskState::Declined, TaskState::Open));
}

TEST_F(LegTest, WithdrawingEndsNoObjection) {
  submitted();
  ASSERT_THAT(give(kClerk, order(TaskKind::Countersign, {kAudit, kHousing}, "请会签")), Done());
  ASSERT_THAT(answer(kAudit, TaskVerb::Disagree, "口径不一致"), Done());
  ASSERT_THAT(step(kClerk, {"withdraw", ""}), Done());
  EXPECT_THAT(states(), ElementsAre(TaskState::Declined, TaskState::Withdrawn));
  ASSERT_THAT(step(kClerk, {"submit", ""}), Done());
  EXPECT_THAT(step(kPrincipal, {"approve", ""}), RefusedWith(Code::TasksOpen));
}

TEST_F(LegTest, LessTimeThanAskedForIsGrantedAsSaid) {
  submitted();
  auto asked = order(TaskKind::MoreTime, {kMayor}, "审计尚未结束");
  asked.due = base::make_date(2026, 3, 31);
  ASSERT_THAT(give(kClerk, asked), Done());
  ASSERT_THAT(answer(kMayor, TaskVerb::Grant, "", 0, base::make_date(2026, 2, 15)), Done());
  EXPECT_EQ(record_.tasks.front().due, base::make_date(2026, 3, 31));
  EXPECT_EQ(record_.tasks.front().granted, base::make_date(2026, 2, 15));
}

TEST_F(LegTest, E6ARecusalOutlivesARecordThatWasDeclaredVoid) {
  submitted();
  ASSERT_THAT(carry_out(plan_recusal(type_, record_, {world_.holder(kClerk), {}, "亲属", "", {}},
                                     world_.actor(kClerk), planning())),
              Done());
  ASSERT_THAT(step(kPrincipal, {"void", "重复"}), Done());
  const Beginning again{{}, record_.recusals};
  EXPECT_THAT(plan_draft(type_, owed_, Json::object(), world_.actor(kClerk), planning(), again),
              RefusedWith(Code::RecordRecused));
}

TEST_F(LegTest, E2AStepOfTheBearerIsTakenThroughThePostItHangsOnOrByTheUnitWhenItHangsOnNone) {
  type_ = world_.type_with(
      {{"steps", {{"submit", {{"by", Json::parse(R"([{"role": "drafter", "at": "bearer"}])")}}}}}});
  ASSERT_THAT(draft(), Done());
  record_.around.post = world_.organisation().post_by_code("qinglan-audit-clerk")->id;
  EXPECT_THAT(step(kClerk, {"submit", ""}), RefusedWith(Code::Forbidden));
  record_.around.post = {};
  record_.around.person = world_.holder(kPrincipal);
  EXPECT_THAT(step(kClerk, {"submit", ""}), RefusedWith(Code::Forbidden));
  record_.around.person = {};
  EXPECT_THAT(step(kClerk, {"submit", ""}), Done());
}

}  // namespace
}  // namespace zeren::records
