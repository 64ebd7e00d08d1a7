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

TEST(Table, ShowsControlCharactersInsteadOfObeyingThem) {
  EXPECT_EQ(table({{"name"}, {"a\x1b[2Jb"}, {"two\nlines"}}), "name\n\"a\\u001b[2Jb\"\ntwo lines\n");
}

}  // namespace
}  // namespace zeren::cli
