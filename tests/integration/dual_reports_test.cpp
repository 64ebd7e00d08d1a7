// What becomes of a report after its receipts, the year-end report, and hearings: the shipped dual reports over the
// real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;

class DualReportsCourse : public testing::Test {
 protected:
  Official as(const std::string& account) const { return served_.sign_in(account); }

  Json owed(const Official& who, const std::string& unit, const std::string& rule, const std::string& period) const {
    const auto list = who.get("/api/v1/obligations?module=dual_reports&unit=" + unit + "&period=" + period);
    for (const auto& item : list.body.value("items", Json::array())) {
      if (item.at("rule") == rule) return item;
    }
    return {};
  }
  std::string drafted(const Official& who, const std::string& obligation, const Json& content) const {
    const auto made = who.post("/api/v1/records", {{"obligation", obligation}, {"content", content}});
    EXPECT_EQ(made.status, 201) << made.body;
    return made.body.value("id", "");
  }
  std::string free_draft(const Official& who, const std::string& type, const std::string& unit,
                         const Json& content) const {
    const auto made = who.post("/api/v1/records", {{"module", "dual_reports"}, {"type", type}, {"unit", unit},
                                                   {"content", content}});
    EXPECT_EQ(made.status, 201) << made.body;
    return made.body.value("id", "");
  }
  void link(const Official& who, const std::string& record, const std::string& kind, const std::string& to) const {
    const auto made = who.post("/api/v1/records/" + record + "/links", {{"kind", kind}, {"to", to}});
    EXPECT_EQ(made.status, 201) << made.body;
  }
  void take(const std::string& account, const std::string& record, const std::string& step,
            const std::string& reason = "") const {
    const auto taken = take_step(as(account), record, step, reason);
    EXPECT_EQ(taken.status, 200) << step << taken.body;
  }
  std::string state(const std::string& record) const {
    return record_of(as("qinglan-finance-clerk"), record).value("state", "");
  }
  void send(const std::string& record) const {
    take("qinglan-finance-clerk", record, "submit");
    take("qinglan-finance-principal", record, "approve");
  }
  void sign(const std::string& record) const {
    EXPECT_EQ(answer_leg(as("qinglan-clerk"), record, "qinglan", "sign_for").status, 200);
    EXPECT_EQ(answer_leg(as("qinglan-cdi-clerk"), record, "qinglan-cdi", "sign_for").status, 200);
  }
  std::string receipted_report() const {
    const auto record = draft_report(as("qinglan-finance-clerk"), "qinglan-finance", "2025");
    send(record);
    sign(record);
    EXPECT_EQ(state(record), "receipted");
    return record;
  }
  std::string light() const {
    return owed(as("qinglan-finance-clerk"), "qinglan-finance", "DR1", "2025").value("light", "");
  }
  void set_rules(const std::string& issuer, const Json& parameters) const {
    const auto set = as("system").post("/api/v1/modules/dual_reports/parameters",
                                       {{"issuer", issuer}, {"basis", "青办发〔2026〕1号"},
                                        {"valid_from", "2026-01-01"}, {"parameters", parameters}});
    ASSERT_EQ(set.status, 200) << set.body;
  }

  ServedDeployment served_;
};

TEST_F(DualReportsCourse, GoesFromTheMaterialToTheMeetingAndStaysGreenUntilItIsClosed) {
  set_rules("qinglan", {{"meeting_asked", true}});
  const auto record = draft_report(as("qinglan-finance-clerk"), "qinglan-finance", "2025");
  take("qinglan-finance-clerk", record, "collected");
  EXPECT_EQ(state(record), "draft");
  take("qinglan-finance-clerk", record, "submit");
  EXPECT_EQ(take_step(as("qinglan-finance-principal"), record, "approve").status, 422);
  take("qinglan-finance-principal", record, "meeting_approve", "2026年1月20日党组会议");
  EXPECT_EQ(record_of(as("qinglan-finance-clerk"), record).at("content").at("approved_meeting"),
            "2026年1月20日党组会议");
  EXPECT_EQ(take_step(as("qinglan-finance-principal"), record, "endorse").status, 404) << "no module endorsements";
  take("qinglan-finance-principal", record, "approve");
  sign(record);
  EXPECT_EQ(light(), "green");
  take("qinglan-clerk", record, "review");
  EXPECT_EQ(state(record), "reviewed");
  EXPECT_EQ(light(), "green");
  take("qinglan-cdi-clerk", record, "close");
  EXPECT_EQ(state(record), "closed");
  EXPECT_EQ(light(), "green");
  take("qinglan-finance-clerk", record, "archive");
}

TEST_F(DualReportsCourse, FeedbackIsReadByTheAuthorWhoPutsItRightBeforeTheReportIsClosed) {
  const auto record = receipted_report();
  take("qinglan-clerk", record, "review");
  EXPECT_NE(take_step(as("qinglan-clerk"), record, "give_feedback").status, 200) << "there is no letter yet";
  const auto letter = free_draft(as("qinglan-clerk"), "feedback", "qinglan",
                                 {{"assessment", "总体较好"}, {"date", "2026-02-10"}});
  link(as("qinglan-clerk"), letter, "report", record);
  take("qinglan-principal", letter, "issue");
  take("qinglan-clerk", record, "give_feedback");
  EXPECT_EQ(record_of(as("qinglan-finance-clerk"), letter).at("content").at("assessment"), "总体较好");
  const auto item = free_draft(as("qinglan-finance-clerk"), "rectification", "qinglan-finance",
                               {{"problem", "传导不到位"}, {"measure", "签订责任书"}, {"responsible", "王建国"},
                                {"due", "2026-03-31"}, {"result", "已完成"}});
  link(as("qinglan-finance-clerk"), item, "of", record);
  take("qinglan-finance-principal", record, "rectify");
  take("qinglan-finance-clerk", item, "open");
  EXPECT_NE(take_step(as("qinglan-clerk"), record, "close").status, 200) << "a problem is open";
  take("qinglan-finance-clerk", item, "claim");
  EXPECT_EQ(take_step(as("qinglan-finance-principal"), item, "verify").status, 403) << "nobody strikes off his own";
  take("qinglan-cdi-clerk", item, "verify");
  take("qinglan-clerk", record, "close");
  EXPECT_EQ(state(record), "closed");
}

TEST_F(DualReportsCourse, WhatAReviewSendsBackGoesToBothAgainAndKeepsItsTime) {
  const auto record = receipted_report();
  served_.move_to("2026-02-05");
  take("qinglan-cdi-clerk", record, "send_back", "数据不全");
  EXPECT_EQ(state(record), "returned");
  EXPECT_EQ(light(), "blue") << "delivered in time, and not complete";
  send(record);
  for (const auto* recipient : {"qinglan", "qinglan-cdi"}) {
    EXPECT_EQ(leg_to(as("qinglan-finance-clerk"), record, recipient).value("state", ""), "sent");
  }
  sign(record);
  EXPECT_EQ(light(), "green");
}

TEST_F(DualReportsCourse, TheReportOfTheYearFulfilsTheYearEndReportOnceBothHaveSigned) {
  const auto clerk = as("qinglan-finance-clerk");
  served_.move_to("2026-12-20");
  const auto today = as("qinglan-finance-clerk");
  const auto year_end = owed(today, "qinglan-finance", "DR4", "2026");
  EXPECT_EQ(year_end.value("due", ""), "2026-12-31");
  const auto january = owed(today, "qinglan-finance", "DR1", "2026").value("id", "");
  const auto record = drafted(today, january, complete_content());
  send(record);
  const auto used = today.post("/api/v1/obligations/" + year_end.value("id", "") + "/fulfil", {{"record", record}});
  ASSERT_EQ(used.status, 200) << used.body;
  sign(record);
  EXPECT_EQ(owed(today, "qinglan-finance", "DR4", "2026").value("light", ""), "green");
  EXPECT_EQ(owed(today, "qinglan-finance", "DR1", "2026").value("light", ""), "green");
}

TEST_F(DualReportsCourse, TheSuperiorPlansTheHearingWhichIsNeverLate) {
  served_.move_to("2026-12-31");
  const auto hearing = owed(as("qinglan-clerk"), "qinglan-finance", "DR3", "2026");
  EXPECT_EQ(hearing.value("light", ""), "grey");
  const Json content{{"date", "2026-12-31"}, {"speaker", "王建国"}, {"summary", "要点"}, {"opinions", "意见"}};
  const auto own = as("qinglan-finance-clerk").post("/api/v1/records", {{"obligation", hearing.at("id")},
                                                                         {"content", content}});
  EXPECT_EQ(own.status, 403) << "nobody plans to be heard";
  const auto record = drafted(as("qinglan-clerk"), hearing.value("id", ""), content);
  take("qinglan-clerk", record, "hold");
  EXPECT_EQ(owed(as("qinglan-clerk"), "qinglan-finance", "DR3", "2026").value("light", ""), "green");
  EXPECT_EQ(record_of(as("qinglan-clerk"), record).value("state", ""), "held");
  EXPECT_EQ(state(record), "held") << "who is heard reads it";
  take("qinglan-principal", record, "close");
}

TEST_F(DualReportsCourse, TheEndOfFebruaryIsThe29thIn2028And2032) {
  const Json ends{{"due", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"}};
  const auto loosened = as("system").post("/api/v1/modules/dual_reports/parameters",
                                          {{"issuer", "qinglan"}, {"basis", "市委意见"}, {"valid_from", "2026-01-01"},
                                           {"parameters", ends}});
  ASSERT_EQ(loosened.status, 200) << loosened.body;
  const auto derived = as("system").post("/api/v1/obligations/derivations", {{"from", "2027-01-01"},
                                                                             {"to", "2033-01-01"}});
  ASSERT_EQ(derived.status, 200) << derived.body;
  const auto due = [&](const char* year) {
    return owed(as("qinglan-finance-clerk"), "qinglan-finance", "DR1", year).value("due", "");
  };
  EXPECT_EQ(due("2026"), "2027-02-28");
  EXPECT_EQ(due("2027"), "2028-02-29");
  EXPECT_EQ(due("2031"), "2032-02-29");
}

TEST_F(DualReportsCourse, AGroupAtSeveralUnitsSendsOneReportWithoutTheChaptersOfOtherUnits) {
  auto content = complete_content();
  content["stationed_units"] = {{{"unit", "市财政局"}, {"situation", "甲"}}, {{"unit", "市审计局"}, {"situation", "乙"}}};
  const auto clerk = as("qinglan-finance-group-clerk");
  const auto record = draft_report(clerk, "qinglan-finance-group", "2025", content);
  take("qinglan-finance-group-clerk", record, "submit");
  take("qinglan-finance-group-head", record, "approve");
  EXPECT_EQ(record_of(clerk, record).at("rounds").back().at("legs").size(), 3U);
  EXPECT_FALSE(record_of(as("qinglan-finance-clerk"), record).at("content").contains("stationed_units"));
  EXPECT_TRUE(record_of(as("qinglan-cdi-clerk"), record).at("content").contains("stationed_units"));
}

}  // namespace
}  // namespace zeren::integration
