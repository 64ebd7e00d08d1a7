// What people ask of each other about a report, through the server: every answer is held against the contract.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <barrier>
#include <thread>

#include "audit/signing_key.hpp"
#include "audit/verify.hpp"
#include "base/messages.hpp"
#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"
#include "store/session.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::HasSubstr;

constexpr auto kHead = "qinglan-finance-group-head";
constexpr auto kCounty = "yunxiu-principal";
constexpr auto kCity = "qinglan-principal";

class TaskCourseTest : public testing::Test {
 protected:
  void SetUp() override {
    record_ = draft_report(clerk_, "qinglan-finance", "2025");
    path_ = "/api/v1/records/" + record_;
    ASSERT_EQ(take_step(clerk_, record_, "submit").status, 200);
  }

  Answer give(const Official& who, const Json& task) const {
    return who.post(path_ + "/tasks", task);
  }

  // The task that `who` sees with the post.
  Json task_of(const Official& who, const std::string& post) const {
    const auto record = record_of(who, record_);
    for (const auto& task : record.at("tasks")) {
      if (task.at("post").at("code") == post) return task;
    }
    ADD_FAILURE() << post << " has no task";
    return Json::object();
  }

  Answer act(const Official& who, const Json& task, const std::string& verb,
             const Json& body = Json::object()) const {
    return who.post(path_ + "/tasks/" + task.value("id", "") + "/steps/" + verb, body);
  }

  ServedDeployment served_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
  Official principal_ = served_.sign_in("qinglan-finance-principal");
  Official head_ = served_.sign_in(kHead);
  Official county_ = served_.sign_in(kCounty);
  std::string record_;
  std::string path_;
};

TEST_F(TaskCourseTest, TwoWhoSignAtOnceAreBothCounted) {
  EXPECT_EQ(head_.get(path_).status, 404);  // not before it is asked
  ASSERT_EQ(give(clerk_, {{"kind", "countersign"}, {"to", {kHead, kCounty}}}).status, 200);
  EXPECT_EQ(take_step(principal_, record_, "approve").status, 409);
  const auto first = task_of(head_, kHead);
  const auto second = task_of(county_, kCounty);
  std::barrier together(2);
  int status = 0;
  std::thread other([&] {
    together.arrive_and_wait();
    status = act(county_, second, "agree").status;
  });
  together.arrive_and_wait();
  EXPECT_EQ(act(head_, first, "agree", {{"opinion", "无意见"}}).status, 200);
  other.join();
  EXPECT_EQ(status, 200);
  for (const auto* post : {kHead, kCounty}) EXPECT_EQ(task_of(clerk_, post).at("state"), "done");
  EXPECT_EQ(take_step(principal_, record_, "approve").status, 200);
}

TEST_F(TaskCourseTest, TasksAreListedForWhoHoldsThemWithWhatCanBeDone) {
  ASSERT_EQ(give(principal_, {{"kind", "circulate"}, {"to", {kHead}}, {"demand", "请阅"}}).status, 200);
  const auto items = head_.get("/api/v1/tasks").body.at("items");
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].at("record").at("id"), record_);
  EXPECT_EQ(items[0].at("verbs").at(0).at("key"), "read");
  EXPECT_EQ(clerk_.get("/api/v1/tasks").body.at("items"), Json::array());
  const auto moved = head_.post("/api/v1/tasks/hand-over",
                                {{"from", kHead}, {"to", kCounty}, {"reason", "调离"}});
  ASSERT_EQ(moved.status, 200) << moved.body;
  EXPECT_EQ(moved.body.at("items").size(), 1U);
  EXPECT_EQ(head_.get(path_).status, 404);
  EXPECT_EQ(act(county_, task_of(county_, kCounty), "read").status, 200);
}

TEST_F(TaskCourseTest, WrongRequestsSayWhatIsWrong) {
  EXPECT_EQ(give(clerk_, {{"kind", "dance"}, {"to", {kHead}}}).status, 400);
  EXPECT_EQ(give(clerk_, {{"kind", "circulate"}, {"to", kHead}}).status, 400);
  EXPECT_EQ(give(clerk_, {{"kind", "circulate"}, {"to", {"nobody"}}}).status, 404);
  EXPECT_EQ(give(clerk_, {{"kind", "handle"}, {"to", {kHead}}}).status, 422);
  EXPECT_EQ(give(clerk_, {{"kind", "more_time"}, {"to", {kCounty}}, {"demand", "x"},
                          {"due", "2026-01-15"}}).status,
            400);  // earlier than it is due anyway
  const auto past = give(clerk_, {{"kind", "circulate"}, {"to", {kHead}}, {"due", "2020-01-01"}});
  EXPECT_EQ(past.status, 400);
  EXPECT_THAT(past.body.dump(), HasSubstr("2020-01-01"));
  EXPECT_EQ(head_.post("/api/v1/tasks/hand-over", {{"from", kHead}, {"to", kHead}, {"reason", "轮岗"}}).status,
            400);
  EXPECT_EQ(act(clerk_, {{"id", "no-such-task"}}, "finish").status, 404);
  EXPECT_EQ(act(clerk_, {{"id", "no-such-task"}}, "dance").status, 400);
  EXPECT_EQ(clerk_.get(path_ + "/versions/one").status, 400);
  EXPECT_EQ(clerk_.get(path_ + "/versions/99").status, 404);
}

TEST_F(TaskCourseTest, GrantedTimeIsShownBesideTheDateAndMovesTheLight) {
  const auto city = served_.sign_in(kCity);
  ASSERT_EQ(give(clerk_, {{"kind", "more_time"}, {"to", {kCity}}, {"demand", "审计未结束"},
                          {"due", "2026-02-20"}}).status,
            200);
  ASSERT_EQ(act(city, task_of(city, kCity), "grant").status, 200);
  served_.move_to("2026-02-03");
  const auto owed = obligation_of(served_.sign_in("qinglan-finance-clerk"), "qinglan-finance", "2025");
  EXPECT_EQ(owed.at("due"), "2026-01-31");
  EXPECT_EQ(owed.at("extended_to"), "2026-02-20");
  EXPECT_EQ(owed.at("light"), "blue");
}

TEST_F(TaskCourseTest, LessTimeThanAskedForIsGrantedAndShown) {
  const auto city = served_.sign_in(kCity);
  ASSERT_EQ(give(clerk_, {{"kind", "more_time"}, {"to", {kCity}}, {"demand", "审计未结束"},
                          {"due", "2026-02-20"}}).status,
            200);
  const auto task = task_of(city, kCity);
  const auto grant = path_ + "/tasks/" + task.at("id").get<std::string>() + "/steps/grant";
  EXPECT_EQ(city.post(grant, {{"due", "2026-01-31"}}).status, 400);  // no more time than there is
  ASSERT_EQ(city.post(grant, {{"due", "2026-02-05"}}).status, 200);
  EXPECT_EQ(obligation_of(clerk_, "qinglan-finance", "2025").at("extended_to"), "2026-02-05");
  const auto shown = record_of(clerk_, record_);
  EXPECT_EQ(shown.at("tasks").back().at("due"), "2026-02-20");
  EXPECT_EQ(shown.at("tasks").back().at("granted"), "2026-02-05");
}

TEST_F(TaskCourseTest, MoreTimeForTheRecordIsMoreTimeToSign) {
  ASSERT_EQ(give(clerk_, {{"kind", "countersign"}, {"to", {kHead}}}).status, 200);
  const auto city = served_.sign_in(kCity);
  ASSERT_EQ(give(clerk_, {{"kind", "more_time"}, {"to", {kCity}}, {"demand", "审计未结束"},
                          {"due", "2026-02-20"}}).status,
            200);
  ASSERT_EQ(act(city, task_of(city, kCity), "grant").status, 200);
  served_.move_to("2026-02-19");
  EXPECT_EQ(take_step(served_.sign_in("qinglan-finance-principal"), record_, "approve").status, 409);
  served_.move_to("2026-02-20");
  EXPECT_EQ(take_step(served_.sign_in("qinglan-finance-principal"), record_, "approve").status, 200);
}

TEST_F(TaskCourseTest, NoSignatureHoldsASendingUpOnItsDueDateOrLater) {
  ASSERT_EQ(give(clerk_, {{"kind", "countersign"}, {"to", {kHead}}}).status, 200);
  served_.move_to("2026-01-31");
  const auto principal = served_.sign_in("qinglan-finance-principal");
  ASSERT_EQ(take_step(principal, record_, "approve").status, 200);
  const auto shown = record_of(principal, record_);
  EXPECT_EQ(shown.at("rounds").back().at("dissent").at(0).at("state"), "open");
  EXPECT_NE(shown.at("history").back().at("person"), "");
}

TEST_F(TaskCourseTest, AReceiptThatIsMissingIsSeenByBothSidesAndThenByTheDisciplineSuperior) {
  const auto overdue = [&](const char* who) {
    return served_.sign_in(who).get("/api/v1/receipts/overdue").body.at("items").size();
  };
  const auto group = served_.sign_in("qinglan-finance-group-clerk");
  const auto report = draft_report(group, "qinglan-finance-group", "2025");
  ASSERT_EQ(take_step(group, report, "submit").status, 200);
  ASSERT_EQ(take_step(served_.sign_in("qinglan-finance-group-head"), report, "approve").status, 200);
  EXPECT_EQ(overdue("qinglan-finance-group-clerk"), 0U);
  served_.move_to("2026-01-06");  // three working days: the 4th, a Sunday, is one
  EXPECT_EQ(overdue("qinglan-finance-group-clerk"), 3U);
  EXPECT_EQ(overdue("qinglan-finance-clerk"), 1U);
  EXPECT_EQ(overdue("qinglan-cdi-clerk"), 1U);  // its own
  EXPECT_EQ(overdue("yunxiu-clerk"), 0U);
  served_.move_to("2026-01-08");
  EXPECT_EQ(overdue("qinglan-cdi-clerk"), 3U);  // and those of the two groups below it
}

TEST_F(TaskCourseTest, TimeIsGivenByAUnitAboveAndWhileThereIsSomeLeft) {
  const auto ask = [this](const Official& clerk, const char* post) {
    return clerk.post(path_ + "/tasks", {{"kind", "more_time"}, {"to", {post}}, {"demand", "审计未结束"},
                                         {"due", "2026-02-20"}});
  };
  EXPECT_EQ(ask(clerk_, kCounty).body.value("code", ""), "assignee_unfit");
  EXPECT_EQ(ask(clerk_, "qinglan-finance-principal").body.value("code", ""), "assignee_unfit");
  EXPECT_EQ(ask(clerk_, kCity).status, 200);
  served_.move_to("2026-02-01");
  const auto city = served_.sign_in(kCity);
  EXPECT_EQ(act(city, task_of(city, kCity), "grant").status, 400);
  EXPECT_EQ(ask(served_.sign_in("qinglan-finance-clerk"), kCity).status, 400);
}

TEST_F(TaskCourseTest, E6ARecusedPersonIsToldSoAndFindsTheRecordNowhere) {
  EXPECT_EQ(clerk_.post(path_ + "/recusals", {{"relation", "近亲属"}}).status, 200);
  const auto refused = clerk_.get(path_, "zh-CN");
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.body.value("detail", ""), HasSubstr("您已回避该事项"));
  EXPECT_EQ(clerk_.get("/api/v1/records").body.at("items"), Json::array());
  EXPECT_TRUE(obligation_of(clerk_, "qinglan-finance", "2025").is_null());
  EXPECT_EQ(clerk_.post(path_ + "/steps/withdraw", Json::object(), {3}).status, 403);
  EXPECT_EQ(clerk_.post(path_ + "/comments", {{"text", "x"}}).status, 403);
  EXPECT_EQ(record_of(principal_, record_).at("recusals").at(0).at("decision"), "declared");
}

TEST_F(TaskCourseTest, CommentsStayOnTheirSideOfTheDispatch) {
  EXPECT_EQ(clerk_.post(path_ + "/comments", {{"text", "附表已核"}}).status, 200);
  EXPECT_EQ(take_step(principal_, record_, "approve").status, 200);
  const auto committee = served_.sign_in("qinglan-clerk");
  EXPECT_EQ(record_of(committee, record_).at("comments"), Json::array());
  EXPECT_EQ(committee.post(path_ + "/comments", {{"text", "请阅"}}).status, 200);
  EXPECT_EQ(record_of(committee, record_).at("comments").size(), 1U);
  EXPECT_EQ(record_of(principal_, record_).at("comments").at(0).at("text"), "附表已核");
}

TEST_F(TaskCourseTest, ARecipientsReadingEndsTheTimeForWithdrawal) {
  EXPECT_EQ(take_step(principal_, record_, "approve").status, 200);
  const auto committee = served_.sign_in("qinglan-clerk");
  EXPECT_FALSE(leg_to(committee, record_, "qinglan").at("opened_at").is_null());
  EXPECT_EQ(take_step(clerk_, record_, "withdraw").status, 409);
}

TEST_F(TaskCourseTest, WhatIsWithdrawnInTimeNobodyReads) {
  EXPECT_EQ(take_step(principal_, record_, "approve").status, 200);
  EXPECT_EQ(take_step(clerk_, record_, "withdraw").status, 200);
  EXPECT_EQ(served_.sign_in("qinglan-clerk").get(path_).status, 404);
  EXPECT_EQ(record_of(clerk_, record_).at("rounds").back().at("state"), "recalled");
}

TEST_F(TaskCourseTest, OldVersionsAreReadByTheOwnerAndTheRecipientOfEach) {
  EXPECT_EQ(take_step(principal_, record_, "return", "再核").status, 200);
  auto content = complete_content();
  content["problems"] = "改后";
  EXPECT_EQ(edit(clerk_, record_, content).status, 200);
  const auto versions = clerk_.get(path_ + "/versions");
  EXPECT_EQ(versions.headers.at("etag"), clerk_.get(path_).headers.at("etag"));
  const auto count = versions.body.at("items").size();
  EXPECT_GE(count, 2U);
  EXPECT_EQ(clerk_.get(path_ + "/versions/1").body.at("content").at("problems"), "问题");
  EXPECT_EQ(take_step(clerk_, record_, "submit").status, 200);
  EXPECT_EQ(take_step(principal_, record_, "approve").status, 200);
  const auto committee = served_.sign_in("qinglan-clerk");
  EXPECT_EQ(committee.get(path_ + "/versions").body.at("items").size(), 1U);
  EXPECT_EQ(committee.get(path_ + "/versions/1").status, 404);
}

TEST_F(TaskCourseTest, AVoidRecordMakesRoomForAnother) {
  EXPECT_EQ(take_step(principal_, record_, "void", "重复").status, 200);
  EXPECT_EQ(record_of(clerk_, record_).at("state_title").at("zh-CN"), "已作废");
  EXPECT_NE(draft_report(clerk_, "qinglan-finance", "2025"), record_);
}

TEST_F(TaskCourseTest, TheLogIsSoundAfterAllOfIt) {
  EXPECT_EQ(give(clerk_, {{"kind", "countersign"}, {"to", {kHead}}}).status, 200);
  EXPECT_EQ(act(clerk_, task_of(clerk_, kHead), "urge").status, 200);
  EXPECT_EQ(act(head_, task_of(head_, kHead), "agree").status, 200);
  EXPECT_EQ(clerk_.post(path_ + "/comments", {{"text", "附表已核"}}).status, 200);
  EXPECT_EQ(take_step(principal_, record_, "approve").status, 200);
  const auto leg = leg_to(served_.sign_in("qinglan-clerk"), record_, "qinglan").value("id", "");
  EXPECT_EQ(clerk_.post(path_ + "/legs/" + leg + "/urge", Json::object()).status, 200);
  EXPECT_EQ(county_.post(path_ + "/recusals", {{"relation", "x"}}).status, 404);
  EXPECT_EQ(clerk_.post(path_ + "/recusals", {{"relation", "近亲属"}}).status, 200);
  served_.stop();
  auto session = store::Session::open(served_.paths().database(), store::Access::ReadOnly);
  const auto report = *audit::verify(*session, {*audit::Verifier::parse(served_.vkey()),
                                                served_.paths().last_signed()});
  std::string findings;
  for (const auto& finding : report.findings) findings += base::text_of(finding) + "\n";
  EXPECT_TRUE(report.sound()) << findings;
}

}  // namespace
}  // namespace zeren::integration
