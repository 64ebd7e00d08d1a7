// The whole path of an annual report: from the obligation to the last receipt, and its lights on the way.
#include "integration/report_course.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

// The keys of the steps that the official could take.
std::vector<std::string> steps_of(const Official& official, const std::string& record) {
  std::vector<std::string> keys;
  const auto shown = record_of(official, record);
  for (const auto& step : shown.at("steps")) keys.push_back(step.at("key"));
  return keys;
}

class ReportCourseTest : public testing::Test {
 protected:
  Official as(const std::string& account) const { return served_.sign_in(account); }

  std::string light(const std::string& clerk, const std::string& unit) const {
    return obligation_of(as(clerk), unit, "2025").value("light", "");
  }

  /// The finance group's report, approved and sent.
  std::string sent_report() const {
    const auto clerk = as("qinglan-finance-clerk");
    const auto record = draft_report(clerk, "qinglan-finance", "2025");
    EXPECT_EQ(take_step(clerk, record, "submit").status, 200);
    EXPECT_EQ(take_step(as("qinglan-finance-principal"), record, "approve").status, 200);
    return record;
  }

  ServedDeployment served_;
};

TEST_F(ReportCourseTest, DerivesTheDueDatesFromTheYearTheDeploymentBegan) {
  const auto clerk = as("qinglan-finance-clerk");
  EXPECT_EQ(obligation_of(clerk, "qinglan-finance", "2025").value("due", ""), "2026-01-31");
  EXPECT_EQ(obligation_of(clerk, "qinglan-finance", "2026").value("due", ""), "2027-01-31");
  EXPECT_TRUE(obligation_of(clerk, "qinglan-finance", "2024").is_null());
  const auto to = obligation_of(clerk, "qinglan-finance", "2025").at("recipients");
  ASSERT_EQ(to.size(), 2U);
  for (const auto& [key, unit] : {std::pair{"superior_committee", "qinglan"},
                                  std::pair{"superior_commission", "qinglan-cdi"}}) {
    const auto found = std::find_if(to.begin(), to.end(),
                                    [key = key](const Json& one) { return one.at("key") == key; });
    ASSERT_NE(found, to.end());
    EXPECT_EQ(found->at("units").at(0).at("code"), unit);
  }
}

TEST_F(ReportCourseTest, LetsTheModuleVetoInTheReadersLanguageAndFillTheTitle) {
  const auto clerk = as("qinglan-finance-clerk");
  auto content = complete_content();
  content["problems_rectified"] = 4;
  const auto record = draft_report(clerk, "qinglan-finance", "2025", content);
  const auto submit = "/api/v1/records/" + record + "/steps/submit";
  const auto english = clerk.post(submit, Json::object(), {1, {}, "en"});
  EXPECT_EQ(english.status, 422);
  EXPECT_EQ(english.body.value("pointer", ""), "/problems_rectified");
  EXPECT_THAT(english.body.value("detail", ""), HasSubstr("4 problems rectified"));
  const auto chinese = clerk.post(submit, Json::object(), {1, {}, "zh-CN,en;q=0.5"});
  EXPECT_EQ(chinese.status, 422);
  EXPECT_THAT(chinese.body.value("detail", ""), HasSubstr("已整改问题数（4）大于发现问题数（3）"));
  EXPECT_EQ(record_of(clerk, record).value("state", ""), "collecting");

  EXPECT_EQ(edit(clerk, record, complete_content()).status, 200);
  EXPECT_EQ(take_step(clerk, record, "submit").status, 200);
  EXPECT_EQ(record_of(clerk, record).at("content").value("title", ""),
            "关于2025年度履行党风廉政建设主体责任情况的报告");
}

TEST_F(ReportCourseTest, NamesTheFieldThatASubmissionStillLacks) {
  const auto clerk = as("qinglan-finance-clerk");
  auto content = complete_content();
  content.erase("rectification");
  const auto record = draft_report(clerk, "qinglan-finance", "2025", content);
  const auto refused = take_step(clerk, record, "submit");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.body.value("pointer", ""), "/rectification");
}

TEST_F(ReportCourseTest, ReturnsWithAReasonAndOffersEachTheirOwnSteps) {
  const auto clerk = as("qinglan-finance-clerk");
  const auto principal = as("qinglan-finance-principal");
  const auto record = draft_report(clerk, "qinglan-finance", "2025");
  EXPECT_EQ(take_step(principal, record, "submit").status, 403);
  EXPECT_EQ(take_step(clerk, record, "approve").status, 403);
  EXPECT_EQ(take_step(principal, record, "approve").status, 409);
  EXPECT_EQ(take_step(clerk, record, "submit").status, 200);
  EXPECT_THAT(steps_of(clerk, record), ElementsAre("withdraw"));
  EXPECT_THAT(steps_of(principal, record), UnorderedElementsAre("approve", "meeting_approve", "return", "void"));
  EXPECT_EQ(edit(clerk, record, complete_content()).status, 409);
  EXPECT_EQ(take_step(principal, record, "return").status, 422);
  EXPECT_EQ(take_step(principal, record, "return", "数据不实").status, 200);
  EXPECT_EQ(record_of(clerk, record).at("history").back().value("reason", ""), "数据不实");
  EXPECT_EQ(edit(clerk, record, complete_content()).status, 200);
  EXPECT_EQ(take_step(clerk, record, "submit").status, 200);
  EXPECT_EQ(take_step(principal, record, "approve").status, 200);
  EXPECT_EQ(take_step(clerk, record, "invented").status, 404);
}

TEST_F(ReportCourseTest, ReachesBothRecipientsAndRecallsTheOtherLegWhenOneReturnsIt) {
  const auto record = sent_report();
  const auto committee = as("qinglan-clerk");
  const auto commission = as("qinglan-cdi-clerk");
  for (const auto& registrar : {committee, commission}) {
    EXPECT_EQ(registrar.get("/api/v1/records").body.at("items").at(0).at("id"), record);
    EXPECT_EQ(leg_to(registrar, record, "qinglan").value("state", ""), "sent");
  }
  // Each signs for their own unit only.
  EXPECT_EQ(answer_leg(committee, record, "qinglan-cdi", "sign_for").status, 403);
  EXPECT_EQ(answer_leg(committee, record, "qinglan", "return").status, 422);
  EXPECT_EQ(answer_leg(committee, record, "qinglan", "return", "请补充数据").status, 200);
  const auto stands = record_of(committee, record);
  EXPECT_EQ(stands.value("state", ""), "returned");
  EXPECT_EQ(stands.at("rounds").back().value("state", ""), "returned");
  EXPECT_EQ(leg_to(committee, record, "qinglan").value("reason", ""), "请补充数据");
  EXPECT_EQ(leg_to(commission, record, "qinglan-cdi").value("state", ""), "recalled");
  EXPECT_EQ(answer_leg(commission, record, "qinglan-cdi", "sign_for").status, 409);
}

TEST_F(ReportCourseTest, ShowsARecipientWhatWasSentAndNotTheDraftsSince) {
  const auto record = sent_report();
  const auto clerk = as("qinglan-finance-clerk");
  const auto committee = as("qinglan-clerk");
  EXPECT_EQ(answer_leg(as("qinglan-cdi-clerk"), record, "qinglan-cdi", "return", "请补充").status, 200);
  auto draft = complete_content();
  draft["problems"] = "尚未送审";
  EXPECT_EQ(edit(clerk, record, draft).status, 200);
  EXPECT_EQ(record_of(clerk, record).at("content").at("problems"), "尚未送审");
  EXPECT_EQ(record_of(committee, record).at("content").at("problems"),
            complete_content().at("problems"));
  const auto history = record_of(committee, record).at("history");
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history.at(0).at("step"), "approve");
  EXPECT_EQ(history.at(1).at("step"), "leg.open");
  EXPECT_EQ(history.at(2).at("step"), "leg.return");
}

TEST_F(ReportCourseTest, IsCompleteOnlyWhenEveryLegOfTheSecondRoundIsReceipted) {
  const auto record = sent_report();
  EXPECT_EQ(answer_leg(as("qinglan-clerk"), record, "qinglan", "return", "请补充").status, 200);
  served_.move_to("2026-02-01");
  EXPECT_EQ(light("qinglan-finance-clerk", "qinglan-finance"), "blue");  // the first round was in time
  const auto clerk = as("qinglan-finance-clerk");
  EXPECT_EQ(edit(clerk, record, complete_content()).status, 200);
  EXPECT_EQ(take_step(clerk, record, "submit").status, 200);
  EXPECT_EQ(take_step(as("qinglan-finance-principal"), record, "approve").status, 200);
  const auto committee = as("qinglan-clerk");
  EXPECT_EQ(answer_leg(committee, record, "qinglan", "sign_for").status, 200);
  EXPECT_EQ(record_of(committee, record).value("state", ""), "dispatched");
  EXPECT_EQ(answer_leg(committee, record, "qinglan", "sign_for").status, 409);
  EXPECT_EQ(answer_leg(as("qinglan-cdi-clerk"), record, "qinglan-cdi", "sign_for").status, 200);
  const auto stands = record_of(clerk, record);
  EXPECT_EQ(stands.value("state", ""), "receipted");
  EXPECT_EQ(stands.at("rounds").size(), 2U);
  EXPECT_EQ(stands.at("rounds").back().value("state", ""), "receipted");
  const auto obligation = obligation_of(clerk, "qinglan-finance", "2025");
  EXPECT_EQ(obligation.value("light", ""), "green");
  EXPECT_EQ(obligation.value("returned", -1), 1);
}

TEST_F(ReportCourseTest, ShowsTheLightOfEveryDay) {
  EXPECT_EQ(light("yunxiu-clerk", "yunxiu"), "grey");
  served_.move_to("2026-01-25");
  EXPECT_EQ(light("yunxiu-clerk", "yunxiu"), "grey");
  served_.move_to("2026-01-26");
  EXPECT_EQ(light("yunxiu-clerk", "yunxiu"), "yellow");
  served_.move_to("2026-01-31");
  EXPECT_EQ(light("yunxiu-clerk", "yunxiu"), "yellow");
  served_.move_to("2026-02-01");
  EXPECT_EQ(light("yunxiu-clerk", "yunxiu"), "red");
  const auto clerk = as("yunxiu-clerk");
  const auto record = draft_report(clerk, "yunxiu", "2025");
  EXPECT_EQ(take_step(clerk, record, "submit").status, 200);
  EXPECT_EQ(take_step(as("yunxiu-principal"), record, "approve").status, 200);
  EXPECT_EQ(light("yunxiu-clerk", "yunxiu"), "red");
  EXPECT_EQ(answer_leg(as("qinglan-clerk"), record, "qinglan", "sign_for").status, 200);
  EXPECT_EQ(answer_leg(as("qinglan-cdi-clerk"), record, "qinglan-cdi", "sign_for").status, 200);
  EXPECT_EQ(light("yunxiu-clerk", "yunxiu"), "purple");
}

TEST_F(ReportCourseTest, IsBlueFromTheFirstDraftUntilTheReceipts) {
  const auto record = sent_report();
  EXPECT_EQ(light("qinglan-finance-clerk", "qinglan-finance"), "blue");
  served_.move_to("2026-01-28");
  EXPECT_EQ(light("qinglan-finance-clerk", "qinglan-finance"), "blue");
  EXPECT_EQ(answer_leg(as("qinglan-clerk"), record, "qinglan", "sign_for").status, 200);
  EXPECT_EQ(answer_leg(as("qinglan-cdi-clerk"), record, "qinglan-cdi", "sign_for").status, 200);
  EXPECT_EQ(light("qinglan-finance-clerk", "qinglan-finance"), "green");
}

TEST_F(ReportCourseTest, CountsByRuleAndLightAndTabulates) {
  served_.move_to("2026-02-01");
  const auto committee = as("qinglan-clerk");
  const auto summary = committee.get("/api/v1/obligations/summary?period=2025").body;
  ASSERT_FALSE(summary.at("items").empty());
  EXPECT_GT(summary.at("items")[0].at("lights").value("red", 0), 0);
  const auto table = committee.get("/api/v1/modules/dual_reports/tables/statistics?period=2025");
  EXPECT_EQ(table.status, 200);
  EXPECT_EQ(table.body.at("rows").size(), 3U);
  EXPECT_EQ(committee.get("/api/v1/modules/dual_reports/tables/invented").status, 404);
  EXPECT_EQ(committee.get("/api/v1/modules/invented/tables/statistics").status, 403);
}

TEST_F(ReportCourseTest, MovesADueDateOnlyToAnEarlierOne) {
  const auto system = as("system");
  const auto set = [&](const std::string& unit, const std::string& due) {
    return system.post("/api/v1/modules/dual_reports/parameters",
                       {{"issuer", unit},
                        {"basis", "青办发〔2026〕1号"},
                        {"valid_from", "2026-01-01"},
                        {"parameters", {{"due", due}}}});
  };
  const auto later = set("yunxiu", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28");
  EXPECT_EQ(later.status, 403);
  EXPECT_EQ(later.body.value("code", ""), "parameter_loosened");
  EXPECT_EQ(set("yunxiu", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15").status, 200);
  const auto derived = system.post("/api/v1/obligations/derivations",
                                   {{"from", "2026-01-01"}, {"to", "2028-01-01"}});
  EXPECT_EQ(derived.status, 200);
  EXPECT_GT(derived.body.value("moved", 0), 0);
  EXPECT_EQ(obligation_of(as("yunxiu-clerk"), "yunxiu", "2025").value("due", ""), "2026-01-15");
}

}  // namespace
}  // namespace zeren::integration
