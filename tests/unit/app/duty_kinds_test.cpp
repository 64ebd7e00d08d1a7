// Obligations by period, by state and without a date, from a module's declaration to the light.
#include "unit/app/duty_world.hpp"

namespace zeren::app {
namespace {

using base::Json;
using testing::ElementsAre;
using testing::SizeIs;

class DutyKindsTest : public fixtures::DutyWorld {
 protected:
  std::vector<std::string> lights(const std::string& rule) {
    std::vector<std::string> all;
    for (const auto& item : owed_under(rule)) all.push_back(item.at("light"));
    return all;
  }
};

TEST_F(DutyKindsTest, AQuarterlyDutyIsOwedForEachQuarterOnce) {
  std::vector<std::string> owed;
  for (const auto& item : owed_under("Q1")) {
    owed.push_back(item.at("period").get<std::string>() + " " + item.at("due").get<std::string>());
    EXPECT_EQ(item.at("recipients"), Json::array());
  }
  EXPECT_THAT(owed, ElementsAre("2026Q1 2026-03-31", "2026Q2 2026-06-30", "2026Q3 2026-09-30",
                                "2026Q4 2026-12-31"));
}

TEST_F(DutyKindsTest, AStateFulfilsWithoutRecipientsAndTheStepsDayDecides) {
  move_to("2026-03-31");
  const auto order = draft_order(owed_under("Q1").at(0).at("id"), {{"title", "整改"}});
  EXPECT_EQ(lights("Q1").at(0), "yellow");
  const auto clerk = principal("yunxiu-clerk");
  must(run(clerk, take_step(clerk, order, 1, {"issue", "", ""})));
  EXPECT_EQ(lights("Q1").at(0), "green");
  move_to("2026-07-01");
  const auto late = draft_order(owed_under("Q1").at(1).at("id"), {{"title", "整改"}});
  EXPECT_EQ(lights("Q1").at(1), "red");
  must(run(clerk, take_step(clerk, late, 1, {"issue", "", ""})));
  EXPECT_EQ(lights("Q1").at(1), "purple");
}

TEST_F(DutyKindsTest, WhatWasFulfilledKeepsItsDateWhenARuleIsTightened) {
  const auto clerk = principal("yunxiu-clerk");
  const auto order = draft_order(owed_under("Q1").at(0).at("id"), {{"title", "整改"}});
  must(run(clerk, take_step(clerk, order, 1, {"issue", "", ""})));
  must(run(kSystem, set_parameters(kSystem, "duties", "yunxiu",
                                   {{"quarterly", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"}},
                                   "doc", base::make_date(2026, 1, 1))));
  derive();
  EXPECT_EQ(owed_under("Q1").at(0).at("due"), "2026-03-31");
  EXPECT_EQ(owed_under("Q1").at(1).at("due"), "2026-06-20");
}

TEST_F(DutyKindsTest, WhatHasNoDateIsGreyUntilItIsDone) {
  ASSERT_THAT(owed_under("H1"), SizeIs(1));
  const auto hearing = owed_under("H1").at(0);
  EXPECT_EQ(hearing.at("due"), Json());
  EXPECT_EQ(hearing.at("period"), "2026");
  const auto record = draft_order(hearing.at("id"), {{"title", "听取汇报"}});
  const auto clerk = principal("yunxiu-clerk");
  must(run(clerk, take_step(clerk, record, 1, {"issue", "", ""})));
  move_to("2026-12-30");
  EXPECT_THAT(lights("H1"), ElementsAre("grey"));
  take(record, 2, "accept");
  EXPECT_THAT(lights("H1"), ElementsAre("green"));
}

TEST_F(DutyKindsTest, WhatHasNoDateIsCountedAndDerivedOnce) {
  EXPECT_EQ(derive().at("added"), 0);
  const auto counts =
      ask(summarise_obligations(principal("yunxiu-clerk"), {"duties", "yunxiu", "", std::nullopt}));
  Json hearings;
  for (const auto& item : counts.at("items")) {
    if (item.at("rule") == "H1") hearings = item.at("lights");
  }
  EXPECT_EQ(hearings, (Json{{"grey", 1}}));
}

}  // namespace
}  // namespace zeren::app
