#include "zeren/step.hpp"

#include <gtest/gtest.h>

#include "zeren/obligations.hpp"
#include "zeren/table.hpp"
#include "zeren/testing/step_builder.hpp"

namespace {

using zeren::Json;
using zeren::StepRequest;
using zeren::testing::StepBuilder;

TEST(StepRequestTest, ReadsWhatTheHostWrote) {
  const auto json = StepBuilder("submit")
                        .of("principal_report")
                        .period("2024")
                        .state("returned")
                        .today("2025-01-20")
                        .reason("late")
                        .field("title", "t")
                        .field("problems_found", 3)
                        .build();
  const auto step = StepRequest::parse(json.dump());
  ASSERT_TRUE(step.has_value()) << step.error().text;
  EXPECT_EQ(step->step(), "submit");
  EXPECT_EQ(step->record_type(), "principal_report");
  EXPECT_EQ(step->period(), "2024");
  EXPECT_EQ(step->state(), "returned");
  EXPECT_EQ(step->today(), "2025-01-20");
  EXPECT_EQ(step->reason(), "late");
  EXPECT_EQ(step->unit().code, "qinglan");
  EXPECT_EQ(step->unit().kind, "party_committee");
  EXPECT_EQ(step->actor().capacity, "drafter");
  EXPECT_EQ(step->content().size(), 2U);
}

TEST(StepRequestTest, GivesAFieldOnlyAsWhatItIs) {
  const auto json =
      StepBuilder("submit").of("r").field("n", 3).field("s", "3").field("f", 1.5).build();
  const auto step = StepRequest::parse(json.dump());
  ASSERT_TRUE(step.has_value());
  EXPECT_EQ(step->integer_field("n"), 3);
  EXPECT_EQ(step->integer_field("s"), std::nullopt);
  EXPECT_EQ(step->integer_field("f"), std::nullopt);
  EXPECT_EQ(step->text_field("s"), "3");
  EXPECT_EQ(step->text_field("n"), std::nullopt);
  EXPECT_EQ(step->text_field("absent"), std::nullopt);
}

TEST(StepRequestTest, ToleratesMembersOfLaterHosts) {
  auto json = StepBuilder("submit").of("r").build();
  json["something_new"] = {{"a", 1}};
  json["record"].erase("unit");
  const auto step = StepRequest::parse(json.dump());
  ASSERT_TRUE(step.has_value());
  EXPECT_EQ(step->unit().code, "");
}

TEST(TableTest, IsWrittenAsHostsExpectIt) {
  zeren::Table table({"Figures", "数据"});
  table.column("n", {"Number", "数量"}).row({{"n", 3}});
  EXPECT_EQ(table.to_json(), Json::parse(R"({"title": {"en": "Figures", "zh-CN": "数据"},
                            "columns": [{"key": "n", "title": {"en": "Number", "zh-CN": "数量"}}],
                            "rows": [{"n": 3}]})"));
}

TEST(ObligationsTest, AreReadFromARequest) {
  const auto request = Json::parse(R"({"obligations": [
      {"rule": "DR1", "owner": "a", "owner_name": "A", "period": "2025", "due": "2026-01-31",
       "light": "red", "state": "draft", "returned": 2}, {"rule": "DR2", "light": "grey"}]})");
  const auto obligations = zeren::obligations_of(request);
  ASSERT_TRUE(obligations.has_value());
  ASSERT_EQ(obligations->size(), 2U);
  EXPECT_EQ(obligations->front().due, "2026-01-31");
  EXPECT_EQ(obligations->front().returned, 2);
  EXPECT_EQ(obligations->back().state, "");
}

TEST(ObligationsTest, NeedARuleAndALight) {
  EXPECT_FALSE(
      zeren::obligations_of(Json::parse(R"({"obligations": [{"rule": "DR1"}]})")).has_value());
  EXPECT_FALSE(zeren::obligations_of(Json::parse(R"({"obligations": [3]})")).has_value());
  EXPECT_FALSE(zeren::obligations_of(Json::parse("{}")).has_value());
}

}  // namespace
