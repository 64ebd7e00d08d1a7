// The list of records: whoever narrows it finds what it shows without.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::HasSubstr;

class RecordListTest : public testing::Test {
 protected:
  static Json listed(const Official& who, const std::string& query) {
    const auto answer = who.get("/api/v1/records" + query);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.body.value("items", Json::array());
  }

  /// The finance group's report, approved and sent.
  std::string sent_report() const {
    auto content = complete_content();
    content["title"] = "财政局报告";
    const auto record = draft_report(clerk_, "qinglan-finance", "2025", content);
    EXPECT_EQ(take_step(clerk_, record, "submit").status, 200);
    EXPECT_EQ(take_step(served_.sign_in("qinglan-finance-principal"), record, "approve").status, 200);
    return record;
  }

  ServedDeployment served_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
};

constexpr auto kReports = "?module=dual_reports&type=principal_report";

TEST_F(RecordListTest, ARecipientFindsWhatItReceivedByTypeUnitPeriodAndState) {
  sent_report();
  const auto commission = served_.sign_in("qinglan-cdi-clerk");
  const auto all = listed(commission, "");
  ASSERT_EQ(all.size(), 1U);
  for (const std::string same : {kReports, "?module=dual_reports", "?unit=qinglan-finance", "?period=2025",
                                 "?state=dispatched"}) {
    EXPECT_EQ(listed(commission, same), all) << same;
  }
  for (const std::string other : {"?unit=qinglan-audit", "?period=2026", "?state=draft"}) {
    EXPECT_EQ(listed(commission, other), Json::array()) << other;
  }
  EXPECT_EQ(listed(commission, std::string(kReports) + "&field.problems_found=3"), Json::array())
      << "by fields only the owner's side is searched";
}

TEST_F(RecordListTest, AHolderOfAGrantFindsByTypeWhatTheWholeListShows) {
  sent_report();
  const Json grant{{"account", "yunxiu-clerk"}, {"module", "dual_reports"}, {"type", "principal_report"},
                   {"action", "read"},          {"unit", "qinglan"},        {"below", "party_superior"},
                   {"valid_from", "2026-01-01"}, {"sensitivity", "internal"}, {"reason", "专项检查"}};
  ASSERT_EQ(served_.sign_in("security").post("/api/v1/grants", grant).status, 201);
  const auto other = served_.sign_in("yunxiu-clerk");
  const auto all = listed(other, "");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(listed(other, kReports), all);
  EXPECT_EQ(listed(other, std::string(kReports) + "&field.problems_found=3"), all);
}

TEST_F(RecordListTest, ALineFoundByItsTypeIsTheLineOfTheWholeList) {
  sent_report();
  const auto all = listed(clerk_, "");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all.at(0).at("title"), "财政局报告");
  EXPECT_EQ(listed(clerk_, kReports), all);
}

TEST_F(RecordListTest, WhatARecordCannotBeNarrowedByIsRefused) {
  const auto no_module = clerk_.get("/api/v1/records?type=principal_report");
  EXPECT_EQ(no_module.status, 400);
  EXPECT_THAT(no_module.body.value("detail", ""), HasSubstr("\"module\""));
  EXPECT_EQ(clerk_.get("/api/v1/records?module=dual_reports&order=problems_found").status, 400);
  EXPECT_EQ(clerk_.get("/api/v1/records?state=nosuch").status, 400);
  EXPECT_EQ(clerk_.get("/api/v1/records?period=abc").status, 400);
  EXPECT_EQ(clerk_.get("/api/v1/records?unit=nosuch").status, 404);
  EXPECT_EQ(clerk_.get("/api/v1/records?module=nosuch").status, 403);
}

// In the list of obligations and of entries, too: a slip of the pen does not read as "nothing is owed".
TEST_F(RecordListTest, WhatObligationsAndEntriesCannotBeNarrowedByIsRefused) {
  for (const std::string path : {"/api/v1/obligations", "/api/v1/obligations/summary"}) {
    EXPECT_EQ(clerk_.get(path + "?unit=nosuch").body.value("code", ""), "unit_unknown");
    EXPECT_EQ(clerk_.get(path + "?module=nosuch").body.value("code", ""), "module_not_enabled");
    EXPECT_EQ(clerk_.get(path + "?period=abc").status, 400);
    EXPECT_EQ(clerk_.get(path + "?period=2025&unit=qinglan-finance&module=dual_reports").status, 200);
  }
  const auto audit = served_.sign_in("audit");
  EXPECT_EQ(audit.get("/api/v1/audit/entries?account=nosuch").body.value("code", ""), "account_unknown");
  EXPECT_EQ(audit.get("/api/v1/audit/entries?account=qinglan-finance-clerk").status, 200);
}

TEST_F(RecordListTest, TheSystemAdministratorCountsWhatIsOwedAndReadsNoLineOfIt) {
  const auto system = served_.sign_in("system");
  EXPECT_EQ(system.get("/api/v1/obligations").body.at("items"), Json::array());
  EXPECT_GT(system.get("/api/v1/obligations/summary").body.at("items").size(), 0U);
  const auto table = system.get("/api/v1/modules/dual_reports/tables/statistics").body;
  EXPECT_GT(table.at("rows").back().value("due", 0), 0) << "a table is a summary";
  EXPECT_EQ(served_.sign_in("security").get("/api/v1/obligations/summary").body.at("items"), Json::array());
}

TEST_F(RecordListTest, CommentsSayWhoWroteThem) {
  const auto record = draft_report(clerk_, "qinglan-finance", "2025");
  ASSERT_EQ(clerk_.post("/api/v1/records/" + record + "/comments", {{"text", "请核对"}}).status, 200);
  const auto shown = record_of(clerk_, record);
  const auto name = shown.at("history").at(0).at("person");
  EXPECT_NE(name, "");
  EXPECT_EQ(shown.at("comments").at(0).at("person"), name);
}

TEST_F(RecordListTest, ARecusalWithoutARelationSaysWhichMemberIsMissing) {
  const auto record = draft_report(clerk_, "qinglan-finance", "2025");
  const Json body{{"person", ""}, {"relation", " "}, {"reason", "近亲属"}, {"replacement", ""}};
  const auto refused = clerk_.post("/api/v1/records/" + record + "/recusals", body);
  EXPECT_EQ(refused.status, 422) << refused.body;
  EXPECT_EQ(refused.body.value("pointer", ""), "/relation");
}

}  // namespace
}  // namespace zeren::integration
