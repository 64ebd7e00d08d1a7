#include "cli/table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zeren::cli {
namespace {

TEST(Table, AlignsAlsoWhereACharacterIsTwoColumnsWide) {
  EXPECT_EQ(table({{"code", "name"}, {"a", "青澜市委"}, {"青澜", "b"}}),
            "code  name\n"
            "a     青澜市委\n"
            "青澜  b\n");
}

TEST(Table, LeavesNoBlanksAtTheEndOfALine) {
  EXPECT_EQ(table({{"long head", "x"}, {"a", ""}}), "long head  x\na\n");
}

TEST(Table, KnowsTheWidthOfTexts) {
  EXPECT_EQ(width_of("abc"), 3U);
  EXPECT_EQ(width_of("责任，"), 6U);
  EXPECT_EQ(width_of("é"), 1U);
  EXPECT_EQ(width_of("\xE8"), 1U);
}

}  // namespace
}  // namespace zeren::cli
