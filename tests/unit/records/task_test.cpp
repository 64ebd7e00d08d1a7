// Tasks: who may be asked for what, by whom, and what comes of it.
#include "records/obligation_merge.hpp"
#include "unit/records/task_course.hpp"

namespace zeren::records {
namespace {

using base::Code;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr auto kDue = base::Date{std::chrono::year{2026} / 2 / 10};

class TaskTest : public TaskCourse {
 protected:
  void SetUp() override { submitted(); }

  base::Result<void> countersign(const std::vector<std::string>& to, Agreement agreement,
                                 std::int64_t quorum = 0) {
    auto wanted = order(TaskKind::Countersign, to, "请会签");
    wanted.agreement = agreement;
    wanted.quorum = quorum;
    return give(kClerk, wanted);
  }

  base::Result<void> supervise() {
    auto wanted = order(TaskKind::Supervise, {kClerk}, "限期补齐佐证材料");
    wanted.due = kDue;
    return give(kPrincipal, wanted);
  }
};

TEST_F(TaskTest, ATaskIsHandedOutDoneAndKept) {
  ASSERT_THAT(give(kPrincipal, order(TaskKind::Handle, {kClerk}, "核对数据")), Done());
  ASSERT_THAT(record_.tasks, SizeIs(1));
  EXPECT_EQ(record_.tasks.front().circle, world_.unit("qinglan-finance"));
  EXPECT_EQ(record_.tasks.front().holder, "办公室干部");
  EXPECT_EQ(record_.history.back().step, "give.handle");
  EXPECT_EQ(record_.history.back().role, "approver");
  ASSERT_THAT(answer(kClerk, TaskVerb::Finish, "已核对"), Done());
  EXPECT_THAT(states(), ElementsAre(TaskState::Done));
  EXPECT_EQ(record_.tasks.front().opinion, "已核对");
  EXPECT_THAT(answer(kClerk, TaskVerb::Finish), RefusedWith(Code::TaskUnknown));
}

TEST_F(TaskTest, ReassigningTakesTheFirstHolderOut) {
  ASSERT_THAT(give(kClerk, order(TaskKind::Circulate, {kAudit})), Done());
  EXPECT_TRUE(shown_to(kAudit));
  ASSERT_THAT(pass_on(kAudit, TaskVerb::Reassign, kHousing), Done());
  EXPECT_FALSE(shown_to(kAudit));
  EXPECT_TRUE(shown_to(kHousing));
  EXPECT_THAT(answer(kAudit, TaskVerb::Read), RefusedWith(Code::TaskUnknown));
  EXPECT_THAT(answer(kHousing, TaskVerb::Read), Done());
}

TEST_F(TaskTest, DelegatingKeepsTheFirstHolderAnswerable) {
  type_ = world_.type_with(
      {{"tasks", {{"handle", {{"to", {{{"role", "drafter"}, {"at", "anywhere"}}}}}}}}});
  ASSERT_THAT(give(kPrincipal, order(TaskKind::Handle, {kClerk})), Done());
  EXPECT_THAT(pass_on(kClerk, TaskVerb::Delegate, kClerk), RefusedWith(Code::AssigneeUnfit));
  EXPECT_THAT(pass_on(kClerk, TaskVerb::Delegate, "qinglan-audit-clerk", ""),
              RefusedWith(Code::StepReasonMissing));
  ASSERT_THAT(pass_on(kClerk, TaskVerb::Delegate, "qinglan-audit-clerk"), Done());
  ASSERT_THAT(record_.tasks, SizeIs(2));
  EXPECT_EQ(record_.tasks.back().parent, record_.tasks.front().id);
  EXPECT_THAT(answer(kClerk, TaskVerb::Finish), RefusedWith(Code::TasksOpen));
  ASSERT_THAT(answer("qinglan-audit-clerk", TaskVerb::Finish, "", 1), Done());
  EXPECT_THAT(answer(kClerk, TaskVerb::Finish), Done());
}

TEST_F(TaskTest, E2ATaskBelongsToThePostAndWhoStandsInSignsAsStandingIn) {
  ASSERT_THAT(countersign({kEducation}, Agreement::All), Done());
  ASSERT_THAT(answer(kEducation, TaskVerb::Agree), Done());
  const auto capacity = capacity_json(record_.history.back().capacity);
  EXPECT_EQ(capacity.at("mode"), "in_charge");
  EXPECT_EQ(capacity.at("text").at("zh-CN"), "党组书记、局长（主持工作）");
  EXPECT_EQ(capacity.at("text").at("en"), "党组书记、局长 (In charge of the work)");
  EXPECT_EQ(capacity_json("formal:局长").at("text").at("en"), "局长");
}

TEST_F(TaskTest, ApprovalWaitsUntilAllHaveAgreed) {
  ASSERT_THAT(countersign({kAudit, kHousing}, Agreement::All), Done());
  EXPECT_THAT(step(kPrincipal, {"approve", ""}), RefusedWith(Code::TasksOpen));
  ASSERT_THAT(answer(kHousing, TaskVerb::Agree, "", 1), Done());
  EXPECT_THAT(step(kPrincipal, {"approve", ""}), RefusedWith(Code::TasksOpen));
  ASSERT_THAT(answer(kAudit, TaskVerb::Agree), Done());
  EXPECT_THAT(step(kPrincipal, {"approve", ""}), Done());
}

TEST_F(TaskTest, OneWhoDisagreesHoldsUpWhatAllMustSign) {
  ASSERT_THAT(countersign({kAudit, kHousing}, Agreement::All), Done());
  EXPECT_THAT(answer(kAudit, TaskVerb::Disagree), RefusedWith(Code::StepReasonMissing));
  ASSERT_THAT(answer(kAudit, TaskVerb::Disagree, "口径不一致"), Done());
  ASSERT_THAT(answer(kHousing, TaskVerb::Agree, "", 1), Done());
  EXPECT_THAT(step(kPrincipal, {"approve", ""}), RefusedWith(Code::TasksOpen));
  // Asking others does not help; who disagreed must come to agree.
  ASSERT_THAT(countersign({kEducation}, Agreement::All), Done());
  ASSERT_THAT(answer(kEducation, TaskVerb::Agree, "", 2), Done());
  EXPECT_THAT(step(kPrincipal, {"approve", ""}), RefusedWith(Code::TasksOpen));
  ASSERT_THAT(countersign({kAudit}, Agreement::All), Done());
  ASSERT_THAT(answer(kAudit, TaskVerb::Agree, "", 3), Done());
  EXPECT_THAT(step(kPrincipal, {"approve", ""}), Done());
}

TEST_F(TaskTest, AReturnEndsWhatWasNotAgreedTo) {
  ASSERT_THAT(countersign({kAudit}, Agreement::All), Done());
  ASSERT_THAT(answer(kAudit, TaskVerb::Disagree, "口径不一致"), Done());
  ASSERT_THAT(step(kPrincipal, {"return", "按会签意见修改"}), Done());
  EXPECT_THAT(states(), ElementsAre(TaskState::Withdrawn));
  EXPECT_EQ(record_.tasks.front().opinion, "口径不一致");
  ASSERT_THAT(step(kClerk, {"submit", ""}), Done());
  EXPECT_THAT(step(kPrincipal, {"approve", ""}), Done());
}

TEST_F(TaskTest, AnyOneSignatureSettlesItForTheOthers) {
  ASSERT_THAT(countersign({kAudit, kHousing}, Agreement::Any), Done());
  ASSERT_THAT(answer(kHousing, TaskVerb::Agree, "", 1), Done());
  EXPECT_THAT(states(), ElementsAre(TaskState::Withdrawn, TaskState::Done));
  EXPECT_THAT(answer(kAudit, TaskVerb::Agree), RefusedWith(Code::TaskUnknown));
  EXPECT_THAT(step(kPrincipal, {"approve", ""}), Done());
}

TEST_F(TaskTest, AQuorumIsReachedWithoutAllAndMustBeReachable) {
  const std::vector<std::string> three{kAudit, kHousing, kEducation};
  EXPECT_THAT(countersign(three, Agreement::Quorum, 4), RefusedWith(Code::RequestMalformed));
  EXPECT_THAT(countersign(three, Agreement::Quorum), RefusedWith(Code::RequestMalformed));
  ASSERT_THAT(countersign(three, Agreement::Quorum, 2), Done());
  ASSERT_THAT(answer(kAudit, TaskVerb::Agree), Done());
  ASSERT_THAT(answer(kEducation, TaskVerb::Agree, "", 2), Done());
  EXPECT_THAT(states(), ElementsAre(TaskState::Done, TaskState::Withdrawn, TaskState::Done));
}

TEST_F(TaskTest, InOrderNobodySignsBeforeTheirTurn) {
  ASSERT_THAT(countersign({kAudit, kHousing}, Agreement::InOrder), Done());
  EXPECT_THAT(answer(kHousing, TaskVerb::Agree, "", 1), RefusedWith(Code::TaskOutOfTurn));
  ASSERT_THAT(answer(kAudit, TaskVerb::Agree), Done());
  EXPECT_THAT(answer(kHousing, TaskVerb::Agree, "", 1), Done());
}

TEST_F(TaskTest, SignersAreAddedAndRemovedWithAReason) {
  ASSERT_THAT(countersign({kAudit}, Agreement::All), Done());
  auto more = order(TaskKind::Countersign, {kHousing});
  more.add_to = record_.tasks.front().signing;
  EXPECT_THAT(give(kClerk, more), RefusedWith(Code::StepReasonMissing));
  more.demand = "涉及住建业务";
  ASSERT_THAT(give(kClerk, more), Done());
  EXPECT_EQ(record_.tasks.back().place, 2);
  EXPECT_EQ(record_.tasks.back().signing, record_.tasks.front().signing);
  EXPECT_EQ(record_.history.back().step, "task.add_signer");
  EXPECT_THAT(give(kClerk, more), RefusedWith(Code::AssigneeUnfit));  // a signer already
  EXPECT_THAT(take_back(kClerk, 0, ""), RefusedWith(Code::StepReasonMissing));
  ASSERT_THAT(take_back(kClerk, 0, "无需会签"), Done());
  EXPECT_THAT(take_back(kClerk, 1, "无需会签"), RefusedWith(Code::RequestMalformed));  // the last one
  more.add_to = "no-such-signing";
  EXPECT_THAT(give(kClerk, more), RefusedWith(Code::TaskUnknown));
}

TEST_F(TaskTest, AStepAsksForTheSignaturesItsTypeDeclares) {
  type_ = world_.type_with(
      {{"steps",
        {{"submit", {{"countersign", {{"mode", "all"},
                                      {"signers", {{{"role", "approver"}, {"at", "owner"}}}}}}}}}}});
  ASSERT_THAT(step(kPrincipal, {"return", "再核"}), Done());
  ASSERT_THAT(step(kClerk, {"submit", ""}, {world_.assignee(kPrincipal)}), Done());
  ASSERT_THAT(record_.tasks, SizeIs(1));
  EXPECT_EQ(record_.tasks.front().kind, TaskKind::Countersign);
  EXPECT_THAT(step(kPrincipal, {"approve", ""}), RefusedWith(Code::TasksOpen));
  // What came back is signed anew: the earlier request lapses.
  ASSERT_THAT(step(kPrincipal, {"return", "再核"}), Done());
  EXPECT_THAT(states(), ElementsAre(TaskState::Withdrawn));
  Assignee vacant = world_.assignee(kPrincipal);
  vacant.person = {};
  EXPECT_THAT(step(kClerk, {"submit", ""}, {vacant}), RefusedWith(Code::AssigneeUnfit));
}

TEST_F(TaskTest, ACirculatedRecordIsReadBySomebodyElseToo) {
  ASSERT_THAT(give(kClerk, order(TaskKind::Circulate, {kAudit, kHousing}, "阅")), Done());
  EXPECT_TRUE(shown_to(kAudit));
  EXPECT_FALSE(shown_to("qinglan-education-clerk"));
  ASSERT_THAT(answer(kAudit, TaskVerb::Read), Done());
  EXPECT_TRUE(shown_to(kAudit));  // what was read stays readable
  EXPECT_EQ(record_.tasks.front().answered_by, kAudit);
}

TEST_F(TaskTest, SupervisionIsAnsweredIssuedAgainAndAccepted) {
  EXPECT_THAT(give(kPrincipal, order(TaskKind::Supervise, {kClerk})),
              RefusedWith(Code::StepReasonMissing));
  EXPECT_THAT(give(kPrincipal, order(TaskKind::Supervise, {kClerk}, "补齐")),
              RefusedWith(Code::RequestMalformed));
  ASSERT_THAT(supervise(), Done());
  EXPECT_THAT(answer(kPrincipal, TaskVerb::Accept), RefusedWith(Code::StepNotAllowedInState));
  EXPECT_THAT(answer(kClerk, TaskVerb::Answer), RefusedWith(Code::StepReasonMissing));
  ASSERT_THAT(answer(kClerk, TaskVerb::Answer, "已补齐"), Done());
  EXPECT_THAT(answer(kClerk, TaskVerb::Accept), RefusedWith(Code::Forbidden));
  ASSERT_THAT(answer(kPrincipal, TaskVerb::Reissue, "仍缺附件", 0, kDue + std::chrono::days(5)), Done());
  EXPECT_EQ(record_.tasks.front().state, TaskState::Open);
  EXPECT_EQ(record_.tasks.front().due, kDue + std::chrono::days(5));
  EXPECT_THAT(record_.tasks.front().opinion, IsEmpty());
  ASSERT_THAT(answer(kClerk, TaskVerb::Answer, "附件已补"), Done());
  ASSERT_THAT(answer(kPrincipal, TaskVerb::Accept), Done());
  EXPECT_EQ(record_.tasks.front().state, TaskState::Done);
  EXPECT_EQ(record_.tasks.front().opinion, "附件已补");
}

TEST_F(TaskTest, UrgingIsCountedNotedAndTold) {
  ASSERT_THAT(give(kPrincipal, order(TaskKind::Handle, {kClerk})), Done());
  const auto urge = [&](const std::string& who) {
    return carry_out(plan_urge(type_, record_, record_.tasks.front().id, "请尽快", world_.actor(who),
                               planning()));
  };
  ASSERT_THAT(urge(kPrincipal), Done());
  ASSERT_THAT(urge(kPrincipal), Done());
  EXPECT_EQ(record_.tasks.front().urged, 2);
  EXPECT_EQ(record_.history.back().step, "task.urge");
  EXPECT_EQ(plan_.events.front().type, "zeren.task.urge");
  EXPECT_THAT(urge(kAudit), RefusedWith(Code::TaskUnknown));
}

TEST_F(TaskTest, GrantedTimeMovesTheLightAndKeepsTheDate) {
  store::ChangeSet run;
  run.rows = plan_derivation({}, world_.derived(), fixtures::kYear2026)->rows;
  world_.must_commit(run);
  auto asked = order(TaskKind::MoreTime, {kMayor}, "审计尚未结束");
  EXPECT_THAT(give(kClerk, asked), RefusedWith(Code::RequestMalformed));
  asked.due = kDue;
  ASSERT_THAT(give(kClerk, asked), Done());
  const auto standing = [&] {
    const auto all = load_standings(world_.session()).value();
    return *std::find_if(all.begin(), all.end(),
                         [&](const Standing& each) { return each.record == record_.id; });
  };
  EXPECT_FALSE(standing().extended_to.has_value());
  EXPECT_THAT(answer(kClerk, TaskVerb::Grant), RefusedWith(Code::TaskNotYours));
  ASSERT_THAT(answer(kMayor, TaskVerb::Grant), Done());
  EXPECT_EQ(standing().extended_to, kDue);
  EXPECT_EQ(standing().obligation.due, owed_.due);
}

TEST_F(TaskTest, TimeThatIsNotGrantedMovesNothing) {
  auto asked = order(TaskKind::MoreTime, {kMayor}, "人手不足");
  asked.due = kDue;
  ASSERT_THAT(give(kClerk, asked), Done());
  EXPECT_THAT(answer(kMayor, TaskVerb::Decline), RefusedWith(Code::StepReasonMissing));
  ASSERT_THAT(answer(kMayor, TaskVerb::Decline, "理由不充分"), Done());
  EXPECT_THAT(states(), ElementsAre(TaskState::Declined));
}

TEST_F(TaskTest, AllOpenTasksOfAPostAreHandedOver) {
  ASSERT_THAT(give(kClerk, order(TaskKind::Circulate, {kAudit})), Done());
  ASSERT_THAT(countersign({kAudit}, Agreement::All), Done());
  const auto from = world_.assignee(kAudit).post;
  const auto hand_over = [&](const std::string& who, const std::string& reason) {
    return carry_out(plan_hand_over(type_, record_, from, world_.assignee(kHousing), reason,
                                    world_.actor(who), planning()));
  };
  EXPECT_THAT(hand_over(kAudit, ""), RefusedWith(Code::StepReasonMissing));
  EXPECT_THAT(hand_over(kHousing, "调离"), RefusedWith(Code::Forbidden));
  ASSERT_THAT(hand_over(kAudit, "调离"), Done());
  for (const auto& task : record_.tasks) EXPECT_EQ(task.unit, world_.unit("qinglan-housing"));
  EXPECT_THAT(records_with_tasks_of(world_.session(), from).value(), IsEmpty());
  ASSERT_THAT(hand_over(kAudit, "调离"), Done());
  EXPECT_THAT(plan_.rows, IsEmpty());  // nothing is left to hand over
}

TEST_F(TaskTest, RefusesWhoMayNotGiveAndWhoCannotTakeIt) {
  EXPECT_THAT(give(kAudit, order(TaskKind::Handle, {kClerk})), RefusedWith(Code::Forbidden));
  EXPECT_THAT(give(kPrincipal, order(TaskKind::Handle, {kAudit})), RefusedWith(Code::AssigneeUnfit));
  EXPECT_THAT(give(kPrincipal, order(TaskKind::Handle, {})), RefusedWith(Code::RequestMalformed));
  EXPECT_THAT(give(kPrincipal, order(TaskKind::Handle, {kClerk, kClerk})),
              RefusedWith(Code::AssigneeUnfit));
  auto vacant = order(TaskKind::Handle, {kClerk});
  vacant.assignees.front().person = {};
  EXPECT_THAT(give(kPrincipal, vacant), RefusedWith(Code::AssigneeUnfit));
  type_ = world_.type_with({{"tasks", {{"supervise", nullptr}}}});
  EXPECT_THAT(supervise(), RefusedWith(Code::StepUnknown));
}

TEST_F(TaskTest, RefusesAnswersByOthersAndVerbsTheTaskDoesNotKnow) {
  ASSERT_THAT(give(kPrincipal, order(TaskKind::Handle, {kClerk})), Done());
  EXPECT_THAT(answer(kPrincipal, TaskVerb::Finish), RefusedWith(Code::TaskNotYours));
  EXPECT_THAT(answer(kAudit, TaskVerb::Finish), RefusedWith(Code::TaskUnknown));
  EXPECT_THAT(answer(kClerk, TaskVerb::Grant), RefusedWith(Code::StepUnknown));
}

TEST_F(TaskTest, SaysWhatEachPersonCouldDoWithATask) {
  ASSERT_THAT(give(kPrincipal, order(TaskKind::Handle, {kClerk})), Done());
  const auto verbs = [&](const std::string& who) {
    return possible_task_verbs(type_, record_, record_.tasks.front(), world_.actor(who));
  };
  EXPECT_THAT(verbs(kPrincipal), ElementsAre(TaskVerb::TakeBack, TaskVerb::Urge));
  EXPECT_THAT(verbs(kAudit), IsEmpty());
  EXPECT_THAT(verbs(kClerk), testing::IsSupersetOf({TaskVerb::Finish, TaskVerb::Reassign}));
}

TEST_F(TaskTest, ARecipientsTasksStayOnTheRecipientsSide) {
  ASSERT_THAT(step(kPrincipal, {"approve", ""}), Done());
  ASSERT_THAT(give(kMayor, order(TaskKind::Handle, {kCity}, "请阅处")), Done());
  EXPECT_EQ(record_.tasks.front().circle, world_.unit("qinglan"));
  EXPECT_TRUE(is_of_circle(record_, world_.unit("qinglan"), world_.actor(kCity)));
  EXPECT_FALSE(is_of_circle(record_, world_.unit("qinglan"), world_.actor(kClerk)));
  EXPECT_THAT(answer(kClerk, TaskVerb::Finish), RefusedWith(Code::TaskUnknown));
  EXPECT_THAT(answer(kCity, TaskVerb::Finish), Done());
}

}  // namespace
}  // namespace zeren::records
