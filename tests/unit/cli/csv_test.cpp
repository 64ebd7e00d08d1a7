#include "cli/csv.hpp"

#include <gtest/gtest.h>

namespace zeren::cli {
namespace {

TEST(Csv, QuotesWhatRfc4180SaysMustBe) {
  EXPECT_EQ(csv({{"a", "b,c"}, {"say \"so\"", "two\nlines"}}, false),
            "a,\"b,c\"\r\n\"say \"\"so\"\"\",\"two\nlines\"\r\n");
}

TEST(Csv, LeavesNothingThatASpreadsheetWouldCarryOut) {
  for (const std::string cell : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1", "＋1", "－1", "＠a"}) {
    EXPECT_EQ(csv({{cell}}, false), "\"'" + cell + "\"\r\n");
  }
  EXPECT_EQ(csv({{"2026-01-31", "a=b"}}, false), "2026-01-31,a=b\r\n");
}

TEST(Csv, BeginsWithAMarkForProgramsThatNeedOne) {
  EXPECT_EQ(csv({{"青澜"}}, true), "\xEF\xBB\xBF青澜\r\n");
}

}  // namespace
}  // namespace zeren::cli
