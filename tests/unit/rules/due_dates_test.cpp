// The days on which something falls due: over free days, and while the rules change.
#include "rules/due_dates.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "fixtures/small_city_world.hpp"

namespace zeren::rules {
namespace {

using base::Code;
using base::Json;
using base::make_date;
using testing::ElementsAre;
using testing::IsEmpty;

std::string yearly(int month, int day) {
  return "FREQ=YEARLY;BYMONTH=" + std::to_string(month) + ";BYMONTHDAY=" + std::to_string(day);
}
std::string on_january(int day) { return yearly(1, day); }

class DueDatesTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { world_ = std::make_unique<fixtures::SmallCityWorld>(); }
  static void TearDownTestSuite() { world_.reset(); }

  void says(const std::string& unit, const std::string& parameter, Json value,
            base::Date from = make_date(2020, 1, 1)) {
    layers_.push_back({world_->unit(unit), parameter, std::move(value), "doc", from, ++version_});
  }

  void waives(const std::string& unit, const std::string& value, base::Date from, base::Date to) {
    waivers_.push_back({world_->unit(unit), "due", value, "doc", world_->unit("qinglan"), {from, to}, 1});
  }

  RuleBook book() const {
    return {"reports",
            *read_parameters(Json::parse(
                R"({"due": {"type": "recurrence", "order": "earlier",
                            "default": "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31"},
                    "calendar": {"type": "calendar_policy", "order": "calendar_policy", "of": "due",
                                 "default": "NONE"}})")),
            layers_, waivers_};
  }

  DueDates between(base::Date from, base::Date to, const std::string& unit = "yunxiu") const {
    const Line line(world_->organisation(), world_->unit(unit), make_date(2026, 1, 1));
    return *due_dates(book(), {"due", "calendar"}, line, calendar_, {from, to});
  }

  std::vector<std::string> due(int year, const std::string& unit = "yunxiu") const {
    std::vector<std::string> days;
    for (const auto& date : between(make_date(year, 1, 1), make_date(year + 1, 1, 1), unit).dates) {
      days.push_back(base::to_string(date.due));
    }
    return days;
  }

  base::Result<std::vector<store::RowWrite>> set(
      const std::string& unit, const std::vector<std::pair<std::string, Json>>& values) const {
    std::vector<Layer> layers;
    for (const auto& [parameter, value] : values) {
      layers.push_back({world_->unit(unit), parameter, value, "doc", make_date(2026, 1, 1), 0});
    }
    return book().plan_layers(layers, world_->organisation());
  }

  static std::unique_ptr<fixtures::SmallCityWorld> world_;
  Calendar calendar_ = *Calendar::read(std::string(ZEREN_SOURCE_DIR) + "/config/calendars");
  std::vector<Layer> layers_;
  std::vector<Waiver> waivers_;
  std::int64_t version_ = 0;
};

std::unique_ptr<fixtures::SmallCityWorld> DueDatesTest::world_;

TEST_F(DueDatesTest, StayWhereTheyFallUnlessAPolicySaysOtherwise) {
  EXPECT_THAT(due(2025), ElementsAre("2025-01-31"));  // a Friday of the Spring Festival
  EXPECT_THAT(due(2026), ElementsAre("2026-01-31"));  // a Saturday
  EXPECT_THAT(due(2027), ElementsAre("2027-01-31"));  // a Sunday, of a year without a table
  EXPECT_THAT(between(make_date(2025, 1, 1), make_date(2028, 1, 1)).undeclared, IsEmpty());
}

TEST_F(DueDatesTest, AreCountedWithinTheirCycle) {
  says("yunxiu", "due", "FREQ=MONTHLY;BYMONTHDAY=15");
  const Line line(world_->organisation(), world_->unit("yunxiu"), make_date(2026, 1, 1));
  const auto numbers = [&](int cycle) {
    std::vector<std::int64_t> all;
    const auto found = due_dates(book(), {"due", "", cycle}, line, calendar_,
                                 {make_date(2026, 2, 1), make_date(2026, 9, 1)});
    for (const auto& date : found->dates) all.push_back(date.number);
    return all;
  };
  EXPECT_THAT(numbers(12), ElementsAre(2, 3, 4, 5, 6, 7, 8));
  EXPECT_THAT(numbers(3), ElementsAre(2, 3, 1, 2, 3, 1, 2));
  EXPECT_THAT(numbers(2), ElementsAre(2, 1, 2, 1, 2, 1, 2));
  EXPECT_THAT(numbers(1), ElementsAre(1, 1, 1, 1, 1, 1, 1));
}

TEST_F(DueDatesTest, MoveToTheWorkingDayBefore) {
  says("yunxiu", "calendar", "PREV_WORKDAY");
  EXPECT_THAT(due(2025), ElementsAre("2025-01-27"));
  EXPECT_THAT(due(2026), ElementsAre("2026-01-30"));
  EXPECT_THAT(due(2027), ElementsAre("2027-01-29"));
  EXPECT_THAT(between(make_date(2026, 1, 1), make_date(2028, 1, 1)).undeclared, ElementsAre(2027));
}

TEST_F(DueDatesTest, MoveToTheWorkingDayAfterWhereTheSameUnitSetTheDate) {
  says("yunxiu", "due", on_january(31));
  says("yunxiu", "calendar", "NEXT_WORKDAY");
  EXPECT_THAT(due(2025), ElementsAre("2025-02-05"));
  EXPECT_THAT(due(2026), ElementsAre("2026-02-02"));
}

TEST_F(DueDatesTest, OnAMakeUpDayStay) {
  says("yunxiu", "calendar", "PREV_WORKDAY");
  says("yunxiu", "due", yearly(2, 28));
  EXPECT_THAT(due(2026), ElementsAre("2026-02-28"));  // a Saturday that is worked
  EXPECT_THAT(due(2027), ElementsAre("2027-02-26"));
}

TEST_F(DueDatesTest, OfFarYearsFollowTheWeekends) {
  says("yunxiu", "calendar", "PREV_WORKDAY");
  says("yunxiu", "due", yearly(2, 29));
  EXPECT_THAT(due(2028), ElementsAre("2028-02-29"));  // a Tuesday
  EXPECT_THAT(due(2031), IsEmpty());
  EXPECT_THAT(due(2032), ElementsAre("2032-02-27"));  // the 29th is a Sunday
  says("yunxiu", "due", yearly(9, 30), make_date(2021, 1, 1));
  EXPECT_THAT(due(2028), ElementsAre("2028-09-29"));
  says("yunxiu", "due", yearly(8, 31), make_date(2022, 1, 1));
  EXPECT_THAT(due(2025), ElementsAre("2025-08-29"));
}

TEST_F(DueDatesTest, KeepTheirYearAndNumberWhenAFreeDayCarriesThemAcrossItsEnd) {
  says("yunxiu", "due", yearly(12, 31));
  says("yunxiu", "calendar", "NEXT_WORKDAY");
  const auto found = between(make_date(2029, 1, 1), make_date(2029, 2, 1));
  ASSERT_EQ(found.dates.size(), 1U);  // 31 December 2028 is a Sunday
  EXPECT_EQ(found.dates.front(),
            (DueDate{make_date(2028, 12, 31), make_date(2029, 1, 1), 1, 1}));
  EXPECT_THAT(due(2028), IsEmpty());
}

TEST_F(DueDatesTest, AnybodyMayChooseTheDayBeforeAndOnlyWhoSetTheDateTheDayAfter) {
  says("qinglan", "due", on_january(31));
  EXPECT_TRUE(set("yunxiu", {{"calendar", "PREV_WORKDAY"}}).has_value());
  EXPECT_TRUE(set("qinglan", {{"calendar", "NEXT_WORKDAY"}}).has_value());
  const auto refused = set("yunxiu", {{"calendar", "NEXT_WORKDAY"}});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::ParameterLoosened);
  EXPECT_EQ(refused.error().args.at("owner"),
            world_->organisation().unit_by_code("qinglan")->name);
  EXPECT_TRUE(set("yunxiu", {{"calendar", "NEXT_WORKDAY"}, {"due", on_january(20)}}).has_value());
}

TEST_F(DueDatesTest, NobodyMayPutOffADateThatOnlyTheModuleNames) {
  EXPECT_FALSE(set("qinglan", {{"calendar", "NEXT_WORKDAY"}}).has_value());
}

TEST_F(DueDatesTest, ThatSomebodyTightenedAreNotPutOffByAnotherUnitsPolicy) {
  says("qinglan", "due", on_january(31));
  says("qinglan", "calendar", "NEXT_WORKDAY");
  says("yunxiu", "due", on_january(24));
  EXPECT_THAT(due(2026), ElementsAre("2026-01-24"));  // a Saturday
  EXPECT_THAT(due(2026, "wangchuan"), ElementsAre("2026-02-02"));
}

TEST_F(DueDatesTest, ThatAreStillToComeMoveWhenARuleBegins) {
  says("qinglan", "due", on_january(31));
  says("qinglan", "due", on_january(25), make_date(2026, 1, 20));
  EXPECT_THAT(due(2025), ElementsAre("2025-01-31"));
  EXPECT_THAT(due(2026), ElementsAre("2026-01-25"));
}

TEST_F(DueDatesTest, NeverMoveBackBehindTheFirstDayOfARule) {
  says("qinglan", "due", on_january(31));
  says("qinglan", "due", on_january(15), make_date(2026, 1, 20));
  EXPECT_THAT(due(2026), ElementsAre("2026-01-31"));
  EXPECT_THAT(due(2027), ElementsAre("2027-01-15"));
}

TEST_F(DueDatesTest, ThatArePastStayWhateverComesAfter) {
  says("qinglan", "due", on_january(31));
  says("qinglan", "due", "FREQ=YEARLY;BYMONTH=1,7,12;BYMONTHDAY=15", make_date(2026, 6, 1));
  EXPECT_THAT(due(2026), ElementsAre("2026-01-31", "2026-07-15", "2026-12-15"));
  const auto all = between(make_date(2026, 1, 1), make_date(2027, 1, 1)).dates;
  EXPECT_EQ(all.front().version, 1);
  EXPECT_EQ(all.back().version, 2);
  EXPECT_EQ(all.back().number, 3);
}

TEST_F(DueDatesTest, OfTwoRulesNeitherStricterAreTheEarliestOfEach) {
  says("lanjiang", "due", "FREQ=YEARLY;BYMONTH=1,6;BYMONTHDAY=28");
  says("yunxiu", "due", "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=15");
  EXPECT_THAT(due(2026), ElementsAre("2026-01-15", "2026-06-28"));
}

TEST_F(DueDatesTest, MoveWhileAWaiverLastsAndTheFloorIsBackAfterIt) {
  says("qinglan", "due", on_january(31));
  waives("yunxiu", yearly(2, 15), make_date(2026, 1, 10), make_date(2026, 3, 1));
  EXPECT_THAT(due(2026), ElementsAre("2026-02-15"));
  EXPECT_THAT(due(2027), ElementsAre("2027-01-31"));
  EXPECT_THAT(due(2026, "yunxiu-baitan"), ElementsAre("2026-01-31"));  // not for those below
}

TEST_F(DueDatesTest, DoNotMoveToADayOnWhichTheWaiverIsOver) {
  says("qinglan", "due", on_january(31));
  waives("yunxiu", yearly(2, 15), make_date(2026, 1, 10), make_date(2026, 2, 1));
  EXPECT_THAT(due(2026), ElementsAre("2026-01-31"));
}

TEST_F(DueDatesTest, ThatWerePastBeforeTheWaiverStay) {
  says("qinglan", "due", on_january(31));
  waives("yunxiu", yearly(2, 15), make_date(2026, 2, 1), make_date(2026, 3, 1));
  EXPECT_THAT(due(2026), ElementsAre("2026-01-31"));
}

}  // namespace
}  // namespace zeren::rules
