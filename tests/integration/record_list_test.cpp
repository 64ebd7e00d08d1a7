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

}  // namespace
}  // namespace zeren::integration
