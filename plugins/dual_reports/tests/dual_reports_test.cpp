// What the institution promises, asked through its C entry as the host does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "zeren/testing/fake_host.hpp"
#include "zeren/testing/step_builder.hpp"

namespace {

using ::testing::HasSubstr;
using zeren::Json;
using zeren::testing::FakeHost;
using zeren::testing::StepBuilder;

class DualReportsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(host_.started().has_value()) << host_.started().error().text;
  }

  Json verdict(const StepBuilder& step) {
    const auto answer = host_.will_step(step.build());
    EXPECT_TRUE(answer.has_value()) << answer.error().text;
    return answer.value_or(Json());
  }

  Json rows(const Json& obligations, const std::string& table = "statistics") {
    const auto made = host_.compute(table, {{"as_of", "2026-02-01"}, {"obligations", obligations}});
    EXPECT_TRUE(made.has_value()) << made.error().text;
    return made ? made->at("rows") : Json();
  }

  static StepBuilder submission() { return StepBuilder("submit").of("principal_report"); }

  static Json owed(const std::string& rule, const std::string& light, int returned = 0) {
    return {{"rule", rule}, {"owner", "qinglan"}, {"light", light}, {"returned", returned}};
  }
  static Json owed_by(const std::string& unit, const std::string& rule, const std::string& year,
                      const std::string& light) {
    auto one = owed(rule, light);
    one.update({{"owner", unit}, {"owner_name", unit + "'s name"}, {"period", year},
                {"due", std::to_string(std::stoi(year) + 1) + "-01-31"}});
    return one;
  }
  static StepBuilder asking_for(const Json& parameters) {
    return submission().parameters(parameters).field("title", "报告");
  }
  static std::string field_of(const Json& verdict) {
    return verdict.contains("veto") ? verdict["veto"].value("field", "") : "";
  }

  FakeHost host_{zeren_plugin_entry};
};

TEST_F(DualReportsTest, RefusesMoreProblemsRectifiedThanFoundAndNamesTheField) {
  const auto answer =
      verdict(submission().field("problems_found", 3).field("problems_rectified", 4));
  ASSERT_TRUE(answer.contains("veto"));
  EXPECT_EQ(answer["veto"]["field"], "problems_rectified");
  EXPECT_THAT(answer["veto"]["en"].get<std::string>(), HasSubstr("4 problems rectified"));
  EXPECT_EQ(answer["veto"]["zh-CN"], "已整改问题数（4）大于发现问题数（3），请核对后更正");
}

TEST_F(DualReportsTest, CountsAFigureLeftEmptyAsNone) {
  EXPECT_TRUE(verdict(submission().field("problems_rectified", 1)).contains("veto"));
  EXPECT_FALSE(verdict(submission().field("problems_found", 1)).contains("veto"));
}

TEST_F(DualReportsTest, FillsTheCustomaryTitleWithTheYearReportedOn) {
  EXPECT_EQ(verdict(submission().period("2025")),
            (Json{{"patch", {{"title", "关于2025年度履行党风廉政建设主体责任情况的报告"}}}}));
}

TEST_F(DualReportsTest, NamesSupervisionInTheTitleOfACommission) {
  EXPECT_EQ(
      verdict(StepBuilder("submit").of("supervision_report").period("2024").field("title", "")),
      (Json{{"patch", {{"title", "关于2024年度履行党风廉政建设监督责任情况的报告"}}}}));
}

TEST_F(DualReportsTest, LeavesATitleThatSomebodyWrote) {
  EXPECT_EQ(verdict(submission().field("title", "青澜市委关于主体责任落实情况的报告")),
            Json::object());
}

TEST_F(DualReportsTest, HasNoSayInOtherSteps) {
  const auto approval =
      StepBuilder("approve").of("principal_report").field("problems_rectified", 9);
  EXPECT_EQ(verdict(approval), Json::object());
}

TEST_F(DualReportsTest, CountsDueFiledLateAndReturnedByRuleAndInAll) {
  const auto counted =
      rows(Json::array({owed("DR1", "green"), owed("DR1", "purple", 2), owed("DR1", "red"),
                        owed("DR1", "yellow", 1), owed("DR2", "green")}));
  ASSERT_EQ(counted.size(), 3U);
  EXPECT_EQ(counted[0],
            (Json{{"rule", {{"en", "Principal responsibility"}, {"zh-CN", "主体责任报告"}}},
                  {"due", 4},
                  {"filed", 2},
                  {"overdue", 2},
                  {"returned", 2}}));
  EXPECT_EQ(counted[1]["due"], 1);
  EXPECT_EQ(counted[2], (Json{{"rule", {{"en", "Total"}, {"zh-CN", "合计"}}},
                              {"due", 5},
                              {"filed", 3},
                              {"overdue", 2},
                              {"returned", 2}}));
}

TEST_F(DualReportsTest, ListsBothRulesWhenNothingIsOwed) {
  const auto counted = rows(Json::array());
  ASSERT_EQ(counted.size(), 3U);
  EXPECT_EQ(counted[2]["due"], 0);
}

TEST_F(DualReportsTest, GivesARuleThatALocalityAddedItsOwnRow) {
  const auto counted = rows(Json::array({owed("DR9", "red")}));
  ASSERT_EQ(counted.size(), 4U);
  EXPECT_EQ(counted[2]["rule"], (Json{{"en", "DR9"}, {"zh-CN", "DR9"}}));
  EXPECT_EQ(counted[3]["overdue"], 1);
}

TEST_F(DualReportsTest, SaysWhichComputationItDoesNotKnow) {
  const auto answer = host_.compute("ranking", Json::object());
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().text, "no computation is called \"ranking\"");
}

TEST_F(DualReportsTest, SaysWhatAComputationLacks) {
  const auto answer = host_.compute("statistics", Json::object());
  ASSERT_FALSE(answer.has_value());
  EXPECT_THAT(answer.error().text, HasSubstr("\"obligations\""));
}

TEST_F(DualReportsTest, AsksForTheChaptersThatAreInForceAndForNoOthers) {
  const Json problems_only{{"chapters", {"problems"}}};
  EXPECT_EQ(field_of(verdict(asking_for(problems_only))), "problems");
  EXPECT_EQ(verdict(asking_for(problems_only).field("problems", "一是……")), Json::object());
  const Json all{{"chapters", {"problems", "accountability"}}};
  const auto refused = verdict(asking_for(all).field("problems", "一是……"));
  EXPECT_EQ(field_of(refused), "accountability");
  EXPECT_THAT(refused["veto"]["zh-CN"].get<std::string>(), HasSubstr("责任追究情况"));
}

TEST_F(DualReportsTest, AUnitCreatedInTheYearReportsOnItsPartOfIt) {
  const auto part = [&](const char* from, const char* to) {
    return field_of(verdict(submission().field("title", "报告").field("covers_from", from).field("covers_to", to)));
  };
  EXPECT_EQ(part("2025-07-01", "2025-12-31"), "");
  EXPECT_EQ(part("2025-07-01", ""), "");
  EXPECT_EQ(part("2024-07-01", "2025-12-31"), "covers_from");
  EXPECT_EQ(part("2025-07-01", "2025-06-30"), "covers_to");
}

TEST_F(DualReportsTest, CountsConfirmedMaterialByInstitutionAsOfTheDay) {
  auto step = StepBuilder("collected").of("principal_report").today("2026-01-10");
  step.link("material", "task_list", "activity").link("material", "task_list", "task_item");
  step.link("material", "unheard_of", "paper").link("endorsement", "endorsements", "endorsement");
  EXPECT_EQ(verdict(step), (Json{{"patch", {{"figures", {
      {{"item", "任务清单活动和事项"}, {"count", 2}, {"as_of", "2026-01-10"}},
      {{"item", "其他材料"}, {"count", 1}, {"as_of", "2026-01-10"}}}}}}}));
  EXPECT_EQ(verdict(StepBuilder("collected").of("principal_report")), Json::object()) << "what was typed stays";
}

TEST_F(DualReportsTest, KeepsTheMeetingThatApprovedAndAsksForOneWhereTheLocalityDoes) {
  const auto approved = StepBuilder("meeting_approve").of("principal_report").reason("1月20日党组会议");
  EXPECT_EQ(verdict(approved), (Json{{"patch", {{"approved_meeting", "1月20日党组会议"}}}}));
  const auto sending = [](bool asked) {
    return StepBuilder("approve").of("principal_report").parameters({{"meeting_asked", asked}});
  };
  EXPECT_EQ(field_of(verdict(sending(true))), "approved_meeting");
  EXPECT_EQ(verdict(sending(true).field("approved_meeting", "1月20日党组会议")), Json::object());
  EXPECT_EQ(verdict(sending(false)), Json::object());
}

TEST_F(DualReportsTest, NamesTheResponsibilitySystemInTheTitleOfAYearEndReport) {
  EXPECT_EQ(verdict(StepBuilder("submit").of("year_end_report").period("2026")),
            (Json{{"patch", {{"title", "关于2026年度落实党风廉政建设责任制情况的报告"}}}}));
}

TEST_F(DualReportsTest, ComparesWithTheYearBefore) {
  const auto counted = rows({owed_by("a", "DR1", "2025", "purple"), owed_by("a", "DR1", "2024", "green"),
                             owed_by("b", "DR1", "2024", "red"), owed_by("a", "DR1", "2026", "grey")});
  ASSERT_EQ(counted.size(), 3U);
  EXPECT_EQ(counted[0]["due"], 1) << "2026 is not due before 2027";
  EXPECT_EQ(counted[0]["overdue"], 1);
  EXPECT_EQ(counted[0]["last_due"], 2);
  EXPECT_EQ(counted[0]["last_filed"], 1);
  EXPECT_EQ(counted[2]["last_overdue"], 1);
}

TEST_F(DualReportsTest, ListsHearingsAndLeavesThemOutOfTheTotalOfReports) {
  const auto counted = rows(Json::array({owed("DR1", "green"), owed("DR3", "grey"), owed("DR4", "red")}));
  ASSERT_EQ(counted.size(), 5U);
  EXPECT_EQ(counted[2]["rule"]["zh-CN"], "听取汇报");
  EXPECT_EQ(counted[4]["due"], 2);
}

TEST_F(DualReportsTest, RollsUpByUnitForTheNextLevel) {
  const auto counted = rows({owed_by("b", "DR1", "2025", "green"), owed_by("a", "DR1", "2025", "red"),
                             owed_by("a", "DR4", "2025", "green"), owed_by("a", "DR3", "2025", "grey")}, "by_unit");
  ASSERT_EQ(counted.size(), 3U);
  EXPECT_EQ(counted[0], (Json{{"unit", "a's name"}, {"due", 2}, {"filed", 1}, {"overdue", 1}, {"returned", 0}}));
  EXPECT_EQ(counted[2]["due"], 3);
}

}  // namespace
