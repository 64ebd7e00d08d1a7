#include "records/earlier_ledger.hpp"

#include <gtest/gtest.h>

namespace zeren::records {
namespace {

HistoryRow a_row() {
  HistoryRow row;
  row.module = "dual_reports";
  row.rule = "DR1";
  row.unit = {"u-1"};
  row.period = "2024";
  row.due = base::make_date(2025, 1, 31);
  return row;
}

TEST(EarlierLedger, HasThePeriodsThatObligationsHave) {
  for (const auto* period : {"2024", "2024H2", "2024Q4", "2024B6", "2024-01", "2024-12"}) {
    EXPECT_TRUE(is_period(period)) << period;
  }
  for (const auto* none : {"", "24", "2024H3", "2024Q0", "2024Q", "2024B7", "2024-1", "2024-13", "2024M1", "2024Q4x",
                           "2024-", "20a4", "二〇二四"}) {
    EXPECT_FALSE(is_period(none)) << none;
  }
}

TEST(EarlierLedger, KnowsADutyByUnitPersonRuleAndPeriodWhateverItWasCalled) {
  const auto row = a_row();
  auto called = row;
  called.title = "年度报告";
  EXPECT_EQ(row.key(), called.key());
  EXPECT_FALSE(row.says_the_same(called));
  auto of_a_person = row;
  of_a_person.person = {"p-1"};
  EXPECT_NE(row.key(), of_a_person.key());
  auto untitled = row;
  untitled.rule.clear();
  untitled.title = "DR1";
  EXPECT_NE(row.key(), untitled.key()) << "a title is no rule";
}

TEST(EarlierLedger, SaysTheSameWhereverItStands) {
  const auto row = a_row();
  auto elsewhere = row;
  elsewhere.id = "another";
  elsewhere.import = "another";
  elsewhere.number = 99;
  EXPECT_TRUE(row.says_the_same(elsewhere));
  elsewhere.done = base::make_date(2025, 1, 30);
  EXPECT_FALSE(row.says_the_same(elsewhere));
}

}  // namespace
}  // namespace zeren::records
