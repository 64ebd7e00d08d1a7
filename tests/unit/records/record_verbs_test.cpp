// What a step's verb adds to it, who must not act, who must not even see, and what is said.
#include "records/correction.hpp"
#include "unit/records/task_course.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class RecordVerbsTest : public TaskCourse {
 protected:
  base::Result<void> recuse(const std::string& by, const std::string& who,
                            const std::string& replacement = "") {
    RecusalOrder wanted{world_.holder(who), {}, "近亲属", "与被反映人为近亲属", {}};
    for (const auto& held : world_.actor(who).posts) wanted.posts.push_back(held.post);
    if (!replacement.empty()) wanted.replacement = world_.assignee(replacement);
    return carry_out(plan_recusal(type_, record_, wanted, world_.actor(by), planning()));
  }

  base::Result<void> comment(const std::string& who, const std::string& text) {
    const auto author = standing_of(type_, record_, world_.actor(who));
    if (!author) return base::pass(author);
    return carry_out(plan_comment(type_, record_, text, *author, world_.actor(who), planning()));
  }
};

TEST_F(RecordVerbsTest, AReturnLeadsToAnyStateOfThisRoundTheCallerNames) {
  submitted();
  EXPECT_THAT(step(kPrincipal, {"return", "重写", "receipted"}), RefusedWith(Code::RequestMalformed));
  EXPECT_THAT(step(kPrincipal, {"return", "", "draft"}), RefusedWith(Code::StepReasonMissing));
  ASSERT_THAT(step(kPrincipal, {"return", "重写", "draft"}), Done());
  EXPECT_EQ(record_.state, "draft");
  ASSERT_THAT(step(kClerk, {"submit", ""}), Done());
  ASSERT_THAT(step(kPrincipal, {"return", "再核"}), Done());
  EXPECT_EQ(record_.state, "returned");
}

TEST_F(RecordVerbsTest, AReturnDoesNotLeadBackBehindADispatch) {
  sent();
  ASSERT_THAT(answer_leg(kCity, "qinglan", "return", "请补充"), Done());
  ASSERT_THAT(step(kClerk, {"submit", ""}), Done());
  EXPECT_THAT(step(kPrincipal, {"return", "重写", "draft"}), RefusedWith(Code::RequestMalformed));
  EXPECT_THAT(step(kClerk, {"withdraw", "", "draft"}), RefusedWith(Code::RequestMalformed));
}

TEST_F(RecordVerbsTest, WhatNobodyOpenedCanBeWithdrawnAndIsSeenNoMore) {
  sent();
  EXPECT_TRUE(shown_to(kCity));
  ASSERT_THAT(step(kClerk, {"withdraw", ""}), Done());
  EXPECT_EQ(record_.state, "returned");
  EXPECT_EQ(record_.rounds.back().state, "recalled");
  EXPECT_EQ(leg("qinglan").state, LegState::Recalled);
  EXPECT_FALSE(shown_to(kCity));
  ASSERT_THAT(step(kClerk, {"submit", ""}), Done());
  ASSERT_THAT(step(kPrincipal, {"approve", ""}), Done());
  EXPECT_TRUE(shown_to(kCity));
}

TEST_F(RecordVerbsTest, WhatARecipientOpenedCannotBeWithdrawn) {
  sent();
  ASSERT_THAT(read_by(kClerk), Done());
  EXPECT_THAT(plan_.rows, IsEmpty());  // the sender's reading opens nothing
  ASSERT_THAT(read_by(kCity), Done());
  EXPECT_TRUE(leg("qinglan").opened_at.has_value());
  EXPECT_FALSE(leg("qinglan-cdi").opened_at.has_value());
  ASSERT_THAT(read_by(kCity), Done());
  EXPECT_THAT(plan_.rows, IsEmpty());  // once is enough
  EXPECT_THAT(step(kClerk, {"withdraw", ""}), RefusedWith(Code::LegAlreadyAnswered));
}

TEST_F(RecordVerbsTest, AVoidRecordStaysAndFreesItsObligation) {
  submitted();
  ASSERT_THAT(give(kPrincipal, order(TaskKind::Handle, {kClerk})), Done());
  EXPECT_THAT(step(kPrincipal, {"void", " "}), RefusedWith(Code::StepReasonMissing));
  ASSERT_THAT(step(kPrincipal, {"void", "重复报送"}), Done());
  EXPECT_EQ(record_.state, "voided");
  EXPECT_THAT(record_.obligation, IsEmpty());
  EXPECT_THAT(states(), ElementsAre(TaskState::Withdrawn));
  EXPECT_TRUE(shown_to(kClerk));
  EXPECT_THAT(give(kPrincipal, order(TaskKind::Handle, {kClerk})),
              RefusedWith(Code::StepNotAllowedInState));
  EXPECT_THAT(comment(kClerk, "补记"), RefusedWith(Code::StepNotAllowedInState));
  EXPECT_THAT(draft(), Done());  // another record fulfils it
}

TEST_F(RecordVerbsTest, ArchivingWaitsForTheLastTaskAndClosesTheRecord) {
  receipted();
  ASSERT_THAT(give(kClerk, order(TaskKind::Circulate, {kAudit})), Done());
  EXPECT_THAT(step(kClerk, {"archive", ""}), RefusedWith(Code::TasksOpen));
  ASSERT_THAT(answer(kAudit, TaskVerb::Read), Done());
  ASSERT_THAT(step(kClerk, {"archive", ""}), Done());
  EXPECT_EQ(record_.state, "archived");
  EXPECT_THAT(comment(kClerk, "补记"), RefusedWith(Code::StepNotAllowedInState));
  EXPECT_THAT(step(kPrincipal, {"correct", "有误"}), RefusedWith(Code::StepNotAllowedInState));
}

TEST_F(RecordVerbsTest, ClosingOutNeedsEveryTaskToBeDone) {
  type_ = world_.type_with({{"steps", {{"archive", {{"verb", "close_out"}}}}}});
  receipted();
  ASSERT_THAT(give(kClerk, order(TaskKind::Circulate, {kAudit})), Done());
  EXPECT_THAT(step(kClerk, {"archive", ""}), RefusedWith(Code::TasksOpen));
}

TEST_F(RecordVerbsTest, E10ACorrectionIsAVersionWithAReasonToldToAllWhoHadIt) {
  receipted();
  const auto before = record_.content_version;
  EXPECT_THAT(step(kPrincipal, {"correct", ""}), RefusedWith(Code::StepReasonMissing));
  ASSERT_THAT(step(kPrincipal, {"correct", "附表数字有误"}), Done());
  EXPECT_EQ(record_.state, "correcting");
  EXPECT_EQ(record_.content_version, before + 1);
  const auto notice = plan_.events.front();
  EXPECT_EQ(notice.type, "zeren.record.correction_notice");
  EXPECT_EQ(notice.data.at("reason"), "附表数字有误");
  EXPECT_THAT(notice.data.at("recipients"), SizeIs(2));
  EXPECT_THAT(load_versions(world_.session(), record_.id).value(),
              SizeIs(static_cast<std::size_t>(record_.content_version)));
  ASSERT_THAT(step(kClerk, {"submit", ""}), Done());
  ASSERT_THAT(step(kPrincipal, {"approve", ""}), Done());
  EXPECT_EQ(record_.rounds.back().round, 2);
}

TEST_F(RecordVerbsTest, E5TheFirstSubmissionStandsAndEachReturnHasATimeOfItsOwn) {
  submitted();
  const auto first = record_.history.back().at;
  ASSERT_THAT(step(kPrincipal, {"return", "数据不全"}), Done());
  ASSERT_THAT(step(kClerk, {"submit", ""}), Done());
  ASSERT_THAT(step(kPrincipal, {"approve", ""}), Done());
  ASSERT_THAT(answer_leg(kCity, "qinglan", "return", "请补充"), Done());
  const auto found = corrections_of(type_, record_, {5, world_.calendar(), "Asia/Shanghai"}).value();
  EXPECT_EQ(found.submitted_at, first);
  ASSERT_THAT(found.cycles, SizeIs(2));
  // From Thursday 1 January 2026: the 2nd and 3rd are free, the 4th, a Sunday, is worked in exchange.
  EXPECT_EQ(found.cycles.front().fix_due, base::make_date(2026, 1, 8));
  EXPECT_EQ(found.cycles.back().fix_due, base::make_date(2026, 1, 8));  // each return begins anew
  const auto two = corrections_of(type_, record_, {1, world_.calendar(), "Asia/Shanghai"}).value();
  EXPECT_EQ(two.cycles.front().fix_due, base::make_date(2026, 1, 4));
  EXPECT_TRUE(found.cycles.front().corrected_at.has_value());
  EXPECT_EQ(found.cycles.back().reason, "请补充");
  EXPECT_FALSE(found.cycles.back().corrected_at.has_value());
  EXPECT_FALSE(corrections_of(type_, record_, {0, world_.calendar(), "Asia/Shanghai"})->cycles.front().fix_due);
}

TEST_F(RecordVerbsTest, IncompatibleRolesStayApartOnOneRecord) {
  type_ = world_.type_with({{"incompatible", Json::array({Json::array({"drafter", "approver"})})},
                            {"steps", {{"approve", {{"not_same_person_as", nullptr}}}}}});
  submitted();
  const auto unit = world_.unit("qinglan-finance");
  const Actor both{kClerk, {{"approver", unit, "acting", "副局长"}}};
  const auto refused = admit_step(type_, record_, {"approve", ""}, both);
  ASSERT_THAT(refused, RefusedWith(Code::RolesIncompatible));
  EXPECT_EQ(base::text_of(refused.error(), base::Language::Chinese),
            "在该事项中担任承办人的人员不得再担任主要负责人");
  EXPECT_THAT(step(kPrincipal, {"approve", ""}), Done());
}

TEST_F(RecordVerbsTest, RefusalsSpeakInTheWordsOfTheType) {
  ASSERT_THAT(draft(), Done());
  const auto refused = admit_step(type_, record_, {"approve", ""}, world_.actor(kPrincipal));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(base::text_of(refused.error(), base::Language::Chinese),
            "当前状态“起草”不能办理“签发”；可办理：提交（submit）、作废（void）");
  const auto forbidden = admit_step(type_, record_, {"submit", ""}, world_.actor(kPrincipal));
  EXPECT_EQ(base::text_of(forbidden.error(), base::Language::Chinese),
            "您无权办理：提交；需要承办人");
}

TEST_F(RecordVerbsTest, E6ARecusedPersonSeesAndDoesNothingFromThatMoment) {
  submitted();
  ASSERT_THAT(give(kClerk, order(TaskKind::Circulate, {kAudit})), Done());
  EXPECT_TRUE(shown_to(kAudit));
  EXPECT_THAT(recuse(kHousing, kAudit), RefusedWith(Code::Forbidden));
  EXPECT_THAT(recuse(kPrincipal, kAudit), RefusedWith(Code::TasksOpen));
  ASSERT_THAT(recuse(kPrincipal, kAudit, kHousing), Done());
  EXPECT_EQ(record_.recusals.front().decision, "ordered");
  EXPECT_EQ(record_.tasks.front().unit, world_.unit("qinglan-housing"));
  EXPECT_FALSE(shown_to(kAudit));
  const auto person = world_.holder(kAudit);
  EXPECT_THAT(check_not_recused(world_.session(), person, record_.id),
              RefusedWith(Code::RecordRecused));
  EXPECT_THAT(recused_records(world_.session(), person).value(), ElementsAre(record_.id));
  EXPECT_THAT(recuse(kPrincipal, kAudit), RefusedWith(Code::RecordRecused));
  EXPECT_THAT(give(kClerk, order(TaskKind::Countersign, {kAudit})), RefusedWith(Code::AssigneeUnfit));
}

TEST_F(RecordVerbsTest, E6AnybodyMayDeclareTheirOwnRecusal) {
  submitted();
  EXPECT_TRUE(shown_to(kClerk));
  ASSERT_THAT(recuse(kClerk, kClerk), Done());
  EXPECT_EQ(record_.recusals.front().decision, "declared");
  EXPECT_FALSE(shown_to(kClerk));
  EXPECT_TRUE(shown_to(kPrincipal));
}

TEST_F(RecordVerbsTest, CommentsAreSaidByWhoTakesPartAndStayOnTheirSide) {
  sent();
  const auto empty = comment(kClerk, " ");
  ASSERT_THAT(empty, RefusedWith(Code::RequestMalformed));
  EXPECT_EQ(empty.error().where.pointer, "/text");
  EXPECT_THAT(comment(kClerk, std::string(5000, 'x')), RefusedWith(Code::TextTooLong));
  EXPECT_THAT(comment(kAudit, "与我无关"), RefusedWith(Code::Forbidden));
  ASSERT_THAT(comment(kClerk, "附表已核"), Done());
  ASSERT_THAT(comment(kCity, "请王处阅"), Done());
  ASSERT_THAT(record_.comments, SizeIs(2));
  EXPECT_EQ(record_.comments.front().circle, world_.unit("qinglan-finance"));
  EXPECT_EQ(record_.comments.back().circle, world_.unit("qinglan"));
  EXPECT_EQ(record_.comments.front().text, "附表已核");
}

TEST_F(RecordVerbsTest, ALegThatWaitsIsUrgedByItsSender) {
  sent();
  const auto urge = [&](const std::string& who, const std::string& leg_id) {
    return carry_out(plan_urge_leg(type_, record_, leg_id, "请签收", world_.actor(who), planning()));
  };
  ASSERT_THAT(urge(kClerk, leg("qinglan").id), Done());
  EXPECT_EQ(record_.history.back().step, "leg.urge");
  EXPECT_EQ(leg("qinglan").urged, 1);
  EXPECT_EQ(leg("qinglan-cdi").urged, 0);
  EXPECT_EQ(plan_.events.front().type, "zeren.leg.urge");
  EXPECT_THAT(urge(kCity, leg("qinglan").id), RefusedWith(Code::Forbidden));
  EXPECT_THAT(urge(kClerk, "no-such-leg"), RefusedWith(Code::LegUnknown));
  ASSERT_THAT(answer_leg(kCity, "qinglan", "sign_for"), Done());
  EXPECT_THAT(urge(kClerk, leg("qinglan").id), RefusedWith(Code::LegAlreadyAnswered));
}

}  // namespace
}  // namespace zeren::records
