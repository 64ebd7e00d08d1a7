// How far a duration reaches, and which of two is the shorter.
#include "rules/duration.hpp"

#include <gtest/gtest.h>

namespace zeren::rules {
namespace {

using base::Code;
using base::make_date;

std::string after(const std::string& text, base::Date from, DayCount count = DayCount::Natural) {
  static const auto calendar =
      *Calendar::read(std::string(ZEREN_SOURCE_DIR) + "/config/calendars");
  return base::to_string(Duration::parse(text, count)->after(from, calendar).date);
}

bool shorter(const std::string& one, const std::string& other) {
  return Duration::parse(one)->never_longer_than(*Duration::parse(other));
}

TEST(Duration, OfAMonthEndsWithTheMonthWhereTheDayIsMissing) {
  EXPECT_EQ(after("P1M", make_date(2026, 1, 31)), "2026-02-28");
  EXPECT_EQ(after("P1M", make_date(2028, 1, 31)), "2028-02-29");
  EXPECT_EQ(after("P1M", make_date(2026, 1, 28)), "2026-02-28");
  EXPECT_EQ(after("P1M", make_date(2026, 12, 31)), "2027-01-31");
  EXPECT_EQ(after("P1Y", make_date(2028, 2, 29)), "2029-02-28");
  EXPECT_EQ(after("P1Y2M3D", make_date(2026, 1, 1)), "2027-03-04");
}

TEST(Duration, OfDaysAndWeeksIsNatural) {
  EXPECT_EQ(after("P7D", make_date(2026, 2, 13)), "2026-02-20");
  EXPECT_EQ(after("P1W", make_date(2026, 2, 13)), "2026-02-20");
  EXPECT_EQ(after("P0D", make_date(2026, 2, 13)), "2026-02-13");
}

TEST(Duration, OfWorkingDaysFollowsTheTable) {
  EXPECT_EQ(after("P5D", make_date(2026, 2, 13), DayCount::Working), "2026-02-27");
  EXPECT_EQ(after("P6D", make_date(2026, 2, 13), DayCount::Working), "2026-02-28");  // made up
}

TEST(Duration, OfWorkingDaysSaysWhereThereWasNoTable) {
  const auto found = Duration::parse("P2D", DayCount::Working)->after(make_date(2026, 12, 31), {});
  EXPECT_EQ(found.date, make_date(2027, 1, 4));
  EXPECT_EQ(found.undeclared, std::set<int>{2027});
}

TEST(Duration, RefusesWhatIsNone) {
  for (const auto* text : {"", "P", "7D", "P7", "PD", "P-7D", "P7D ", "P7DT1H", "PT1H", "P1.5D", "P1D1M",
                           "P1M1M", "P99999999999D", "P36526D", "P101Y", "p7d", "P 7D", "P+7D"}) {
    const auto read = Duration::parse(text);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().code, Code::DurationInvalid) << text;
    EXPECT_EQ(read.error().args.at("value"), text);
  }
  for (const auto* text : {"P1M", "P1W", "P1Y", "P10001D"}) {
    EXPECT_FALSE(Duration::parse(text, DayCount::Working).has_value()) << text;
  }
}

TEST(Duration, IsComparedOnEveryDayItCouldBegin) {
  EXPECT_TRUE(shorter("P1M", "P31D"));
  EXPECT_TRUE(shorter("P28D", "P1M"));
  EXPECT_FALSE(shorter("P30D", "P1M"));
  EXPECT_FALSE(shorter("P1M", "P30D"));
  EXPECT_TRUE(shorter("P12M", "P1Y"));
  EXPECT_TRUE(shorter("P1Y", "P12M"));
  EXPECT_TRUE(shorter("P1Y", "P366D"));
  EXPECT_FALSE(shorter("P1Y", "P365D"));
  EXPECT_TRUE(shorter("P2W", "P14D"));
}

}  // namespace
}  // namespace zeren::rules
