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
  EXPECT_EQ(parse_json("\"\xff\"").error().code, Code::JsonSyntax);
}

}  // namespace
}  // namespace zeren::base
