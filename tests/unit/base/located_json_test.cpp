#include "base/located_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/messages.hpp"

namespace zeren::base {
namespace {

using testing::HasSubstr;

TEST(LocatedJson, KnowsTheLineOfEveryValue) {
  const auto json = LocatedJson::parse(R"({
  // a comment
  "days": 5,
  "list": [
    1,
    {"a/b": true}
  ]
})",
                                       "module.json");
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ(json->where("/days").line, 3);
  EXPECT_EQ(json->where("/list/0").line, 5);
  EXPECT_EQ(json->where("/list/1/a~1b").line, 6);
  EXPECT_EQ(json->where("/list/1/a~1b").pointer, "/list/1/a~1b");
}

TEST(LocatedJson, APlaceThatIsNotThereIsItsParents) {
  const auto json = LocatedJson::parse("{\n\"a\": {\n}}", "f");
  EXPECT_EQ(json->where("/a/missing/deeper").line, 2);
  EXPECT_EQ(json->where("/b").line, 1);
  EXPECT_EQ(json->where("no pointer").line, 1);
}

TEST(LocatedJson, SaysWhereTheSyntaxBreaks) {
  const auto json = LocatedJson::parse("{\n  \"a\": 1,\n  \"b\" 2\n}", "policy.json");
  ASSERT_FALSE(json.has_value());
  EXPECT_EQ(json.error().code, Code::JsonSyntax);
  EXPECT_THAT(text_of(json.error()), HasSubstr("policy.json:3:"));
}

TEST(LocatedJson, RefusesAKeyThatStandsTwice) {
  const auto json = LocatedJson::parse("{\"a\": 1,\n\"a\": 2}", "f");
  ASSERT_FALSE(json.has_value());
  EXPECT_EQ(json.error().code, Code::JsonDuplicateKey);
  EXPECT_EQ(json.error().where.line, 2);
  EXPECT_EQ(json.error().where.pointer, "/a");
}

TEST(LocatedJson, RefusesDocumentsThatWouldExhaustTheStack) {
  const auto json = LocatedJson::parse(std::string(100000, '['), "f");
  ASSERT_FALSE(json.has_value());
  EXPECT_EQ(json.error().code, Code::JsonTooDeep);
}

TEST(LocatedJson, WhatComesFromOutsideHasNoComments) {
  EXPECT_EQ(parse_json("{} // no").error().code, Code::JsonSyntax);
  EXPECT_EQ(parse_json("").error().code, Code::JsonSyntax);
  EXPECT_EQ(parse_json("{}{}").error().code, Code::JsonSyntax);
  EXPECT_EQ(parse_json("\"\xff\"").error().code, Code::TextNotUtf8);
}

TEST(LocatedJson, SaysWhereATextIsNotUtf8) {
  for (const std::string broken : {"\xff", "\xC7\xE0"}) {  // GB18030, the second
    const auto json = LocatedJson::parse("{\n  \"a\": \"" + broken + "\"\n}", "settings.json");
    ASSERT_FALSE(json.has_value());
    EXPECT_EQ(json.error().code, Code::TextNotUtf8);
    EXPECT_THAT(text_of(json.error()), HasSubstr("settings.json:2:9"));
  }
  const std::string utf16("\xFF\xFE{\0}\0", 6);
  EXPECT_EQ(LocatedJson::parse(utf16, "f").error().code, Code::TextNotUtf8);
}

TEST(LocatedJson, SaysInChineseWhatCommasWillNotMend) {
  for (const auto* empty : {"", " \n"}) {
    EXPECT_THAT(text_of(parse_json(empty).error(), Language::Chinese), HasSubstr("内容为空"));
  }
  EXPECT_THAT(text_of(parse_json("\"\\ud800\"").error(), Language::Chinese), HasSubstr("代理项须成对"));
}

}  // namespace
}  // namespace zeren::base
