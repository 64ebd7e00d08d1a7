#include "base/civil_time.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zeren::base {
namespace {

TEST(CivilTime, ReadsAndWritesDates) {
  EXPECT_EQ(to_string(*parse_date("2028-02-29")), "2028-02-29");
  for (const auto* bad : {"2027-02-29", "2026-13-01", "2026-1-31", "31.01.2026", "2026-01-31 ", ""}) {
    const auto date = parse_date(bad);
    ASSERT_FALSE(date.has_value()) << bad;
    EXPECT_EQ(date.error().code, Code::DateInvalid);
  }
}

TEST(CivilTime, AnInstantHasTheDateOfItsZone) {
  const auto instant = from_millis(1769875199000);  // 2026-01-31T15:59:59Z
  EXPECT_EQ(to_string(instant), "2026-01-31T15:59:59.000Z");
  EXPECT_EQ(to_string(*local_date(instant, "Asia/Shanghai")), "2026-01-31");
  EXPECT_EQ(to_string(*local_date(instant + std::chrono::seconds(1), "Asia/Shanghai")), "2026-02-01");
}

TEST(CivilTime, ADayEndsAtMidnightOfItsZone) {
  EXPECT_EQ(to_string(*end_of(make_date(2026, 1, 31), "Asia/Shanghai")), "2026-01-31T16:00:00.000Z");
}

TEST(CivilTime, NamesAnUnknownZone) {
  const auto date = local_date(Instant{}, "Asia/Qinglan");
  ASSERT_FALSE(date.has_value());
  EXPECT_EQ(date.error().code, Code::ConfigInvalid);
  EXPECT_EQ(date.error().args.at("what"), "time zone Asia/Qinglan");
}

TEST(CivilTime, APeriodHoldsItsFirstDayAndNotItsLast) {
  const Period period{make_date(2026, 1, 1), make_date(2026, 2, 1)};
  EXPECT_TRUE(period.contains(make_date(2026, 1, 1)));
  EXPECT_FALSE(period.contains(make_date(2026, 2, 1)));
}

}  // namespace
}  // namespace zeren::base
