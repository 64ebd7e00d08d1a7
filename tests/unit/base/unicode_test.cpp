#include "base/unicode.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zeren::base {
namespace {

TEST(Unicode, KnowsBrokenUtf8) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("责任 \xF0\xA0\xAE\xB7"));
  EXPECT_FALSE(is_utf8("\xD4\xF0\xC8\xCE"));  // 责任 in GB18030
  EXPECT_FALSE(is_utf8("\xE8\xB4"));
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));  // half a surrogate pair
}

TEST(Unicode, CallsBlankWhatNobodyCanSee) {
  EXPECT_TRUE(is_blank(""));
  EXPECT_TRUE(is_blank(" \t\r\n\u3000\u00A0\u200B\uFEFF"));
  EXPECT_FALSE(is_blank("\u3000。"));
  EXPECT_FALSE(is_blank("0"));
}

TEST(Unicode, FindsCharactersThatShowTextAsSomethingElse) {
  EXPECT_EQ(hidden_control_in("a\x1b[2J"), "U+001B");
  EXPECT_EQ(hidden_control_in(std::string_view("a\0b", 3)), "U+0000");
  EXPECT_EQ(hidden_control_in("市委\u202E办公室"), "U+202E");
  EXPECT_EQ(hidden_control_in("第一行\n\t第二行"), std::nullopt);
  EXPECT_EQ(hidden_control_in("阿卜杜拉·买买提"), std::nullopt);
}

TEST(Unicode, TrimsWideBlanksToo) {
  EXPECT_EQ(trimmed("\u3000 张三\u3000 "), "张三");
  EXPECT_EQ(trimmed("张\u3000三"), "张\u3000三");
  EXPECT_EQ(trimmed(" \u3000"), "");
  EXPECT_EQ(trimmed(""), "");
}

TEST(Unicode, CountsCharactersAndColumns) {
  EXPECT_EQ(length_of("责任ab"), 4U);
  EXPECT_EQ(width_of("abc"), 3U);
  EXPECT_EQ(width_of("责任，"), 6U);
  EXPECT_EQ(width_of("é"), 1U);
  EXPECT_EQ(width_of("e\u0301"), 1U);
  EXPECT_EQ(width_of("\xE8"), 1U);
}

TEST(Unicode, ReadsGb18030) {
  EXPECT_EQ(from_gb18030("\xD4\xF0\xC8\xCE, abc"), "责任, abc");
  EXPECT_EQ(from_gb18030("\x95\x32\x82\x36"), "\U00020000");  // four bytes
  EXPECT_EQ(from_gb18030("\xD4\xF0\xC8"), "") << "half a character";
  EXPECT_EQ(from_gb18030("\xFF\xFF"), "");
}

}  // namespace
}  // namespace zeren::base
