// One report for two obligations over the real server: used, seen on both, and taken back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/delivered_package.hpp"
#include "integration/report_course.hpp"
#include "unit/records/further_reports.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::IsEmpty;
using testing::SizeIs;

class ReuseCourseTest : public testing::Test {
 protected:
  ReuseCourseTest() {
    modules::FixturePackage package("reports");
    package.manifest = fixtures::further_reports_manifest();
    introduce(served_, package);
  }

  Json line(const std::string& rule) const {
    const auto list = clerk_.get("/api/v1/obligations?module=reports&unit=qinglan-finance&period=2025");
    for (const auto& item : list.body.value("items", Json::array())) {
      if (item.at("rule") == rule) return item;
    }
    ADD_FAILURE() << rule << " is not owed: " << list.body;
    return {};
  }
  std::string path_of(const std::string& rule) const {
    return "/api/v1/obligations/" + line(rule).value("id", "");
  }
  std::string drafted() const {
    const Json body{{"obligation", line("DR1").value("id", "")}, {"content", complete_content()}};
    return clerk_.post("/api/v1/records", body).body.value("id", "");
  }
  std::string sent() const {
    const auto record = drafted();
    EXPECT_EQ(take_step(clerk_, record, "submit").status, 200);
    EXPECT_EQ(take_step(served_.sign_in("qinglan-finance-principal"), record, "approve").status, 200);
    return record;
  }
  std::string code_of(const Answer& answer) const { return answer.body.value("code", ""); }

  ServedDeployment served_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
};

TEST_F(ReuseCourseTest, AReportThatWasSentFulfilsTheSummaryUntilThatIsTakenBack) {
  const auto record = sent();
  const auto used = clerk_.post(path_of("SUMMARY") + "/fulfil", {{"record", record}});
  ASSERT_EQ(used.status, 200) << used.body;
  EXPECT_EQ(line("SUMMARY").at("record"), record);
  EXPECT_EQ(line("SUMMARY").at("reused"), true);
  EXPECT_EQ(line("SUMMARY").at("light"), line("DR1").at("light"));
  EXPECT_THAT(record_of(clerk_, record).at("also_fulfils"), SizeIs(1));
  EXPECT_EQ(clerk_.post(path_of("SUMMARY") + "/take-back", {{"reason", ""}}).status, 422);
  EXPECT_EQ(clerk_.post(path_of("SUMMARY") + "/take-back", {{"reason", "误用"}}).status, 200);
  EXPECT_TRUE(line("SUMMARY").at("record").is_null());
  EXPECT_THAT(record_of(clerk_, record).at("also_fulfils"), IsEmpty());
}

TEST_F(ReuseCourseTest, WhatDoesNotFitIsRefusedWithTheReason) {
  const auto record = drafted();
  EXPECT_EQ(code_of(clerk_.post(path_of("SUMMARY") + "/fulfil", {{"record", record}})), "reuse_unfit");
  EXPECT_EQ(code_of(clerk_.post(path_of("DR1") + "/fulfil", {{"record", record}})), "record_exists");
  EXPECT_EQ(clerk_.post(path_of("SUMMARY") + "/fulfil", {{"record", "nothing"}}).status, 404);
  EXPECT_EQ(clerk_.post("/api/v1/obligations/nothing/fulfil", {{"record", record}}).status, 404);
  EXPECT_EQ(clerk_.post(path_of("SUMMARY") + "/fulfil", Json::object()).status, 400);
}

}  // namespace
}  // namespace zeren::integration
