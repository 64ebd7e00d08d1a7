#include "records/field_groups.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using testing::ElementsAre;
using testing::IsEmpty;

RecordTypes types_of(const Json& properties) {
  return *read_record_types(
      "m", {{"note",
             {{"title", {{"en", "Note"}, {"zh-CN", "记录"}}},
              {"schema_version", 1},
              {"schema",
               {{"type", "object"}, {"additionalProperties", false}, {"properties", properties}}},
              {"read", {"owner"}},
              {"initial_state", "draft"},
              {"states", Json::object()},
              {"steps", Json::object()}}}});
}

class FieldGroups : public testing::Test {
 protected:
  RecordTypes types_ =
      types_of({{"title", {{"type", "string"}, {"maxLength", 9}}},
                {"phone", {{"type", "string"}, {"maxLength", 9}, {"group", "personal"}}},
                {"home", {{"type", "string"}, {"maxLength", 9}, {"group", "personal"}}}});
  const RecordType& type_ = types_.at("note");
  Json whole_{{"title", "t"}, {"phone", "1"}};
};

TEST_F(FieldGroups, WhoLacksOneReadsOnWithoutItsFieldsAndKnowsWhichTheyAre) {
  auto content = whole_;
  EXPECT_THAT(leave_out(type_, {}, content), ElementsAre("home", "phone"));
  EXPECT_EQ(content, (Json{{"title", "t"}}));
  content = whole_;
  EXPECT_THAT(leave_out(type_, {"personal"}, content), IsEmpty());
  EXPECT_EQ(content, whole_);
}

TEST_F(FieldGroups, WhatAWriterDoesNotSeeStaysAsItWas) {
  EXPECT_EQ(keep_unseen(type_, {}, {{"title", "new"}}, whole_).value(),
            (Json{{"title", "new"}, {"phone", "1"}}));
  EXPECT_EQ(keep_unseen(type_, {"personal"}, {{"title", "new"}}, whole_).value(),
            (Json{{"title", "new"}}))
      << "who sees a field may empty it";
}

TEST_F(FieldGroups, AWriterFillsInNothingThatItDoesNotSee) {
  const auto refused = keep_unseen(type_, {}, {{"home", "x"}}, whole_);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::Forbidden);
  EXPECT_EQ(refused.error().where.pointer, "/home");
}

}  // namespace
}  // namespace zeren::records
