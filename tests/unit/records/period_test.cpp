// The spans of time that records are about, and how they are written.
#include "records/period.hpp"

#include <gtest/gtest.h>

namespace zeren::records {
namespace {

using base::make_date;

std::string about(const char* kind, base::Date day) {
  const auto known = *period_kind_named(kind);
  return name_of_period(known, period_about(known, day).from);
}

TEST(Period, IsWrittenByItsLength) {
  const auto day = make_date(2026, 2, 28);
  EXPECT_EQ(about("year", day), "2026");
  EXPECT_EQ(about("half_year", day), "2026H1");
  EXPECT_EQ(about("quarter", day), "2026Q1");
  EXPECT_EQ(about("two_months", day), "2026B1");
  EXPECT_EQ(about("month", day), "2026-02");
  EXPECT_EQ(about("month", make_date(2026, 12, 1)), "2026-12");
  EXPECT_EQ(about("two_months", make_date(2026, 12, 31)), "2026B6");
}

TEST(Period, BeforeTheDayMayLieInTheYearBefore) {
  const auto day = make_date(2026, 1, 31);
  EXPECT_EQ(about("previous_year", day), "2025");
  EXPECT_EQ(about("previous_half_year", day), "2025H2");
  EXPECT_EQ(about("previous_quarter", day), "2025Q4");
  EXPECT_EQ(about("previous_month", day), "2025-12");
  EXPECT_EQ(about("previous_quarter", make_date(2026, 4, 15)), "2026Q1");
}

TEST(Period, IsReadAsItIsWritten) {
  for (const auto* kind : {"year", "half_year", "quarter", "two_months", "month"}) {
    const auto known = *period_kind_named(kind);
    auto period = period_around(known, make_date(2026, 1, 1));
    for (; period.from < make_date(2028, 1, 1); period = period_around(known, period.to)) {
      EXPECT_EQ(days_of_period(name_of_period(known, period.from)), period) << kind;
    }
  }
}

TEST(Period, OfAnyOtherTextThereIsNone) {
  for (const auto* text : {"", "26", "202", "2026Q0", "2026Q5", "2026H3", "2026B7", "2026-00",
                           "2026-13", "2026-1", "2026Q", "2026Q11", "2026X1", "20A6", "2026 1"}) {
    EXPECT_FALSE(days_of_period(text)) << text;
  }
  EXPECT_FALSE(period_kind_named("fortnight"));
}

}  // namespace
}  // namespace zeren::records
