// A report's whole way: drafted, submitted, returned, approved, sent to two, returned by one of them, sent
// again, and signed for by both; and every refusal on the way. Each plan is written and read back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/messages.hpp"
#include "records/dispatch_plans.hpp"
#include "records/ledger.hpp"
#include "records/obligation_merge.hpp"
#include "records/record.hpp"
#include "records/record_plans.hpp"
#include "unit/records/dual_reports.hpp"
#include "unit/records/officials.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

Json full_content() {
  return {{"title", "2025年度主体责任报告"}, {"arrangements", "部署"}, {"fulfilment", "落实"},
          {"problems", "问题"}, {"rectification", "整改"}, {"next_steps", "打算"}};
}

class RecordCourse : public testing::Test {
 protected:
  // What the plan says, once it is written; the record is read back.
  Result<void> carry_out(const Result<ChangeSet>& plan) {
    if (!plan) return base::pass(plan);
    world_.clock_.advance(std::chrono::hours(1));
    if (auto done = world_.commit(*plan); !done) return done;
    record_ = *load_record(world_.session(), plan->answer.at("id"));
    EXPECT_EQ(record_.version, plan->answer.at("version"));
    EXPECT_EQ(record_.state, plan->answer.at("state"));
    return {};
  }

  Planning planning() { return {world_.clock_.now(), world_.ids_}; }

  Result<void> draft(const Json& content, const std::string& who = kClerk) {
    return carry_out(
        plan_draft(world_.type(), owed_, content, world_.actor(who), planning()));
  }

  Result<void> edit(const Json& content, const std::string& who = kClerk) {
    return carry_out(plan_edit(world_.type(), record_, content, world_.actor(who), planning()));
  }

  Result<void> step_as(const Actor& actor, const std::string& key, const std::string& reason = "",
                       const Obligation* obligation = nullptr) {
    const auto admitted = admit_step(world_.type(), record_, {key, reason}, actor);
    if (!admitted) return base::pass(admitted);
    const auto* to = obligation == nullptr ? &owed_ : obligation;
    return carry_out(
        plan_step(world_.type(), record_, *admitted, reason, {}, to, actor, planning()));
  }

  Result<void> step(const std::string& who, const std::string& key, const std::string& reason = "") {
    return step_as(world_.actor(who), key, reason);
  }

  // The answer of `unit` to its leg of the current round.
  Result<void> answer(const std::string& who, const std::string& unit, const std::string& key,
                      const std::string& reason = "") {
    return answer_leg(who, leg(unit).id, key, reason);
  }

  Result<void> answer_leg(const std::string& who, const std::string& leg, const std::string& key,
                          const std::string& reason = "") {
    return carry_out(plan_leg_answer(world_.type(), record_, leg, key, reason, world_.actor(who),
                                     planning()));
  }

  Leg leg(const std::string& unit, std::size_t round = 0) const {
    const auto& legs = record_.rounds.at(round == 0 ? record_.rounds.size() - 1 : round - 1).legs;
    const auto found = std::find_if(legs.begin(), legs.end(), [&](const Leg& each) {
      return each.recipient == world_.unit(unit);
    });
    return found == legs.end() ? Leg{} : *found;
  }

  void sent() {
    ASSERT_TRUE(draft(full_content()));
    ASSERT_TRUE(step(kClerk, "submit"));
    ASSERT_TRUE(step(kPrincipal, "approve"));
  }

  std::vector<std::string> steps_taken() const {
    std::vector<std::string> all;
    for (const auto& taken : record_.history) all.push_back(taken.step);
    return all;
  }

  // Whether the record is shown to somebody with a role in `unit`, on `side` of it.
  bool shown(const std::string& unit, Side side) {
    const Visibility visibility{
        {{"dual_reports", "principal_report", {side}, {world_.unit(unit)}}}};
    return is_visible(world_.session(), visibility, record_.id).value();
  }

  Standing standing() {
    const auto standings = load_standings(world_.session()).value();
    for (const auto& each : standings) {
      if (each.obligation.id == owed_.id) return each;
    }
    ADD_FAILURE() << "the obligation is not listed";
    return {};
  }

  fixtures::DualReports world_;
  Obligation owed_ = world_.owed_by("qinglan-finance");
  Record record_;
};

TEST_F(RecordCourse, ADraftKnowsWhatItFulfils) {
  ASSERT_TRUE(draft({{"title", "初稿"}}));
  EXPECT_EQ(record_.state, "draft");
  EXPECT_EQ(record_.unit, world_.unit("qinglan-finance"));
  EXPECT_EQ(record_.period, "2025");
  EXPECT_EQ(record_.obligation, owed_.id);
  EXPECT_EQ(record_.created_by, kClerk);
  EXPECT_EQ(record_.content.at("title"), "初稿");
  EXPECT_EQ(record_.version, 1);
}

TEST_F(RecordCourse, AnEditKeepsTheVersionBefore) {
  ASSERT_TRUE(draft({{"title", "初稿"}}));
  ASSERT_TRUE(edit(full_content()));
  EXPECT_EQ(record_.content_version, 2);
  const auto first = world_.session().first(
      "SELECT content FROM record_content WHERE content_version = 1");
  EXPECT_EQ(Json::parse(first.value()->text(0)).at("title"), "初稿");
}

TEST_F(RecordCourse, ApprovalSendsOneDigestToBoth) {
  sent();
  ASSERT_THAT(record_.rounds, SizeIs(1));
  const auto& dispatch = record_.rounds.front();
  EXPECT_EQ(dispatch.state, "sent");
  EXPECT_THAT(dispatch.digest, SizeIs(44));
  ASSERT_THAT(dispatch.legs, SizeIs(2));
  for (const auto* unit : {"qinglan", "qinglan-cdi"}) {
    EXPECT_EQ(leg(unit).state, LegState::Sent) << unit;
    EXPECT_TRUE(leg(unit).delivered_at.has_value()) << unit;
  }
  EXPECT_EQ(record_.history.back().capacity, "formal:党组书记、局长");
}

TEST_F(RecordCourse, GoesFromDraftToTheLastReceiptByWayOfTwoReturns) {
  ASSERT_TRUE(draft(full_content()));
  ASSERT_TRUE(step(kClerk, "submit"));
  ASSERT_TRUE(step(kPrincipal, "return", "数据不全"));
  EXPECT_EQ(record_.state, "returned");
  EXPECT_EQ(record_.history.back().reason, "数据不全");
  ASSERT_TRUE(step(kClerk, "submit"));
  ASSERT_TRUE(step(kPrincipal, "approve"));
  const auto first_digest = record_.rounds.front().digest;

  ASSERT_TRUE(answer(kCity, "qinglan", "return", "请补充附表"));
  EXPECT_EQ(record_.state, "returned");
  EXPECT_EQ(record_.rounds.front().state, "returned");
  EXPECT_EQ(leg("qinglan").state, LegState::Returned);
  EXPECT_EQ(leg("qinglan").reason, "请补充附表");
  EXPECT_EQ(leg("qinglan-cdi").state, LegState::Recalled);

  auto corrected = full_content();
  corrected["problems_found"] = 3;
  ASSERT_TRUE(edit(corrected));
  ASSERT_TRUE(step(kClerk, "submit"));
  ASSERT_TRUE(step(kPrincipal, "approve"));
  ASSERT_THAT(record_.rounds, SizeIs(2));
  EXPECT_EQ(record_.rounds.back().round, 2);
  EXPECT_EQ(record_.rounds.back().content_version, record_.content_version);
  EXPECT_GT(record_.rounds.back().content_version, record_.rounds.front().content_version);
  EXPECT_THAT(record_.rounds.back().legs, SizeIs(2));
  EXPECT_NE(record_.rounds.back().digest, first_digest);

  ASSERT_TRUE(answer(kCommission, "qinglan-cdi", "sign_for"));
  EXPECT_EQ(record_.state, "dispatched");
  EXPECT_EQ(record_.rounds.back().state, "sent");
  ASSERT_TRUE(answer(kCity, "qinglan", "sign_for"));
  EXPECT_EQ(record_.state, "receipted");
  EXPECT_EQ(record_.rounds.back().state, "receipted");
  EXPECT_EQ(record_.rounds.front().state, "returned");
  EXPECT_NE(leg("qinglan").receipt, leg("qinglan-cdi").receipt);
  EXPECT_EQ(leg("qinglan").answered_by, kCity);
  EXPECT_THAT(steps_taken(),
              ElementsAre("draft", "submit", "return", "submit", "approve", "leg.return", "submit",
                          "approve", "leg.sign_for", "leg.sign_for"));
}

TEST_F(RecordCourse, AReturnAfterAReceiptStillGoesToBothAgain) {
  sent();
  ASSERT_TRUE(answer(kCommission, "qinglan-cdi", "sign_for"));
  ASSERT_TRUE(answer(kCity, "qinglan", "return", "请补充"));
  EXPECT_EQ(leg("qinglan-cdi").state, LegState::Receipted);
  ASSERT_TRUE(step(kClerk, "submit"));
  ASSERT_TRUE(step(kPrincipal, "approve"));
  EXPECT_EQ(leg("qinglan-cdi").state, LegState::Sent);
  EXPECT_EQ(leg("qinglan").state, LegState::Sent);
}

TEST_F(RecordCourse, EveryChangeIsAnActOnTheRecord) {
  const auto plan = plan_draft(world_.type(), owed_, full_content(), world_.actor(kClerk), planning());
  ASSERT_TRUE(plan.has_value());
  EXPECT_EQ(plan->act.action, "record.draft");
  EXPECT_EQ(plan->act.unit, world_.unit("qinglan-finance").value);
  EXPECT_EQ(plan->act.objects.front().type, "record");
  EXPECT_EQ(plan->reads.front().version, 0);
  ASSERT_THAT(plan->events, SizeIs(1));
  EXPECT_EQ(plan->events.front().type, "zeren.record.draft");
}

TEST_F(RecordCourse, TwoWhoPlanFromTheSameVersionDoNotBothSucceed) {
  ASSERT_TRUE(draft(full_content()));
  const auto stale = record_;
  ASSERT_TRUE(edit({{"title", "甲"}}));
  record_ = stale;
  EXPECT_THAT(edit({{"title", "乙"}}), RefusedWith(Code::StaleRead));
}

TEST_F(RecordCourse, RefusesWhoHasNotTheRoleAtTheUnit) {
  EXPECT_THAT(draft(full_content(), kPrincipal), RefusedWith(Code::Forbidden));
  EXPECT_THAT(draft(full_content(), "qinglan-audit-clerk"), RefusedWith(Code::Forbidden));
  ASSERT_TRUE(draft(full_content()));
  EXPECT_THAT(edit(full_content(), kPrincipal), RefusedWith(Code::Forbidden));
  EXPECT_THAT(step(kPrincipal, "submit"), RefusedWith(Code::Forbidden));
  ASSERT_TRUE(step(kClerk, "submit"));
  EXPECT_THAT(step(kClerk, "approve"), RefusedWith(Code::Forbidden));
  EXPECT_THAT(step("qinglan-audit-principal", "approve"), RefusedWith(Code::Forbidden));
  ASSERT_TRUE(step(kPrincipal, "approve"));
  EXPECT_THAT(answer(kClerk, "qinglan", "sign_for"), RefusedWith(Code::Forbidden));
  EXPECT_THAT(answer(kCommission, "qinglan", "sign_for"), RefusedWith(Code::Forbidden));
}

TEST_F(RecordCourse, RefusesStepsThatDoNotLeadOnFromTheState) {
  ASSERT_TRUE(draft(full_content()));
  EXPECT_THAT(step(kPrincipal, "approve"), RefusedWith(Code::StepNotAllowedInState));
  EXPECT_THAT(step(kClerk, "draft"), RefusedWith(Code::StepUnknown));
  EXPECT_THAT(step(kClerk, "burn"), RefusedWith(Code::StepUnknown));
  ASSERT_TRUE(step(kClerk, "submit"));
  EXPECT_THAT(step(kClerk, "submit"), RefusedWith(Code::StepNotAllowedInState));
  EXPECT_THAT(edit(full_content()), RefusedWith(Code::StepNotAllowedInState));
}

TEST_F(RecordCourse, RefusesApprovalByWhoeverSubmitted) {
  const auto unit = world_.unit("qinglan-finance");
  const Actor both{"both", {{"drafter", unit, "formal", "x"}, {"approver", unit, "acting", "y"}}};
  ASSERT_TRUE(draft(full_content()));
  ASSERT_TRUE(step_as(both, "submit"));
  EXPECT_THAT(step_as(both, "approve"), RefusedWith(Code::StepSamePerson));
  ASSERT_TRUE(step_as(both, "return", "再核"));
  ASSERT_TRUE(step(kClerk, "submit"));
  EXPECT_TRUE(step_as(both, "approve"));  // the submission that counts is somebody else's now
  EXPECT_EQ(record_.history.back().capacity, "acting:y");
}

TEST_F(RecordCourse, RefusesAReturnWithoutAReason) {
  ASSERT_TRUE(draft(full_content()));
  ASSERT_TRUE(step(kClerk, "submit"));
  EXPECT_THAT(step(kPrincipal, "return"), RefusedWith(Code::StepReasonMissing));
  ASSERT_TRUE(step(kPrincipal, "approve"));
  EXPECT_THAT(answer(kCity, "qinglan", "return"), RefusedWith(Code::StepReasonMissing));
}

TEST_F(RecordCourse, RefusesToSubmitWhatIsIncompleteAndPointsAtTheField) {
  for (const auto& empty : {Json(""), Json()}) {
    auto content = full_content();
    content["problems"] = empty;
    if (empty.is_null()) content.erase("problems");
    ASSERT_TRUE(record_.id.empty() ? draft(content) : edit(content));
    const auto submitted = step(kClerk, "submit");
    ASSERT_FALSE(submitted.has_value());
    EXPECT_EQ(submitted.error().code, Code::StepNeedsField);
    EXPECT_EQ(submitted.error().where.pointer, "/problems");
  }
}

TEST_F(RecordCourse, RefusesContentThatDoesNotFitTheSchema) {
  EXPECT_THAT(draft({{"colour", "red"}}), RefusedWith(Code::RecordFieldInvalid));
  ASSERT_TRUE(draft(full_content()));
  EXPECT_THAT(edit({{"problems_found", -1}}), RefusedWith(Code::RecordFieldInvalid));
}

TEST_F(RecordCourse, AHooksPatchIsHeldToTheSchemaAndBecomesANewVersion) {
  ASSERT_TRUE(draft(full_content()));
  const auto actor = world_.actor(kClerk);
  const auto admitted = admit_step(world_.type(), record_, {"submit", ""}, actor);
  const auto patched = [&](const Json& value) {
    return plan_step(world_.type(), record_, *admitted, "", {{"problems_found", value}}, &owed_,
                     actor, planning());
  };
  EXPECT_THAT(patched("many"), RefusedWith(Code::RecordFieldInvalid));
  ASSERT_TRUE(carry_out(patched(7)));
  EXPECT_EQ(record_.content.at("problems_found"), 7);
  EXPECT_EQ(record_.content_version, 2);
  EXPECT_EQ(record_.state, "submitted");
}

TEST_F(RecordCourse, RefusesASecondAnswerToALeg) {
  sent();
  ASSERT_TRUE(answer(kCity, "qinglan", "sign_for"));
  EXPECT_THAT(answer(kCity, "qinglan", "sign_for"), RefusedWith(Code::LegAlreadyAnswered));
  EXPECT_THAT(answer(kCity, "qinglan", "return", "晚了"), RefusedWith(Code::LegAlreadyAnswered));
}

TEST_F(RecordCourse, RefusesAnswersToARoundThatIsOver) {
  sent();
  ASSERT_TRUE(answer(kCity, "qinglan", "return", "请补充"));
  EXPECT_THAT(answer(kCommission, "qinglan-cdi", "sign_for"), RefusedWith(Code::LegAlreadyAnswered));
  const auto recalled = leg("qinglan-cdi").id;
  ASSERT_TRUE(step(kClerk, "submit"));
  ASSERT_TRUE(step(kPrincipal, "approve"));
  EXPECT_THAT(answer_leg(kCommission, recalled, "sign_for"), RefusedWith(Code::LegAlreadyAnswered));
}

TEST_F(RecordCourse, RefusesLegsAndAnswersItDoesNotKnow) {
  sent();
  EXPECT_THAT(answer_leg(kCity, "no-such-leg", "sign_for"), RefusedWith(Code::LegUnknown));
  EXPECT_THAT(answer(kCity, "qinglan", "frame"), RefusedWith(Code::StepUnknown));
}

TEST_F(RecordCourse, RefusesToSendWhereARecipientIsMissing) {
  ASSERT_TRUE(draft(full_content()));
  ASSERT_TRUE(step(kClerk, "submit"));
  auto nobody = owed_;
  nobody.recipients.front().units.clear();
  const auto outcome = step_as(world_.actor(kPrincipal), "approve", "", &nobody);
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().code, Code::RecipientMissing);
  EXPECT_EQ(outcome.error().args.at("recipient"), nobody.recipients.front().key);
  EXPECT_EQ(load_record(world_.session(), record_.id)->state, "submitted");
}

TEST_F(RecordCourse, AnUnknownRecordIsNamed) {
  const auto loaded = load_record(world_.session(), "no-such-record");
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().args.at("record"), "no-such-record");
}

TEST_F(RecordCourse, ShowsADraftToItsOwnersAndADispatchToItsRecipients) {
  ASSERT_TRUE(draft(full_content()));
  EXPECT_TRUE(shown("qinglan-finance", Side::Owner));
  EXPECT_FALSE(shown("qinglan-audit", Side::Owner));
  EXPECT_FALSE(shown("qinglan", Side::Recipient));
  ASSERT_TRUE(step(kClerk, "submit"));
  ASSERT_TRUE(step(kPrincipal, "approve"));
  EXPECT_TRUE(shown("qinglan", Side::Recipient));
  EXPECT_FALSE(shown("qinglan", Side::Owner));
  EXPECT_FALSE(shown("yunxiu", Side::Recipient));
  EXPECT_FALSE(is_visible(world_.session(), {}, record_.id).value());
}

TEST_F(RecordCourse, TheLedgerTellsHowAnObligationStands) {
  ChangeSet run;
  run.rows = plan_derivation({}, world_.derived(), fixtures::kYear2026)->rows;
  world_.must_commit(run);
  EXPECT_THAT(standing().record, IsEmpty());
  sent();
  const auto delivered = leg("qinglan").delivered_at;
  EXPECT_EQ(standing().record, record_.id);
  EXPECT_EQ(standing().state, "dispatched");
  EXPECT_EQ(standing().first_delivered, delivered);
  ASSERT_TRUE(answer(kCity, "qinglan", "return", "请补充"));
  ASSERT_TRUE(step(kClerk, "submit"));
  ASSERT_TRUE(step(kPrincipal, "approve"));
  EXPECT_EQ(standing().returned, 1);
  EXPECT_EQ(standing().first_delivered, delivered);  // a return keeps it
}

}  // namespace
}  // namespace zeren::records
