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

  Json rows(const Json& obligations) {
    const auto table =
        host_.compute("statistics", {{"as_of", "2026-02-01"}, {"obligations", obligations}});
    EXPECT_TRUE(table.has_value()) << table.error().text;
    return table ? table->at("rows") : Json();
  }

  static StepBuilder submission() { return StepBuilder("submit").of("principal_report"); }

  static Json owed(const std::string& rule, const std::string& light, int returned = 0) {
    return {{"rule", rule}, {"owner", "qinglan"}, {"light", light}, {"returned", returned}};
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

}  // namespace
