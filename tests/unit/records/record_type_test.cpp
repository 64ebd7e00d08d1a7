// What a module declares about its records, and what their fields may hold.
#include "records/record_type.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "manifest/manifest.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

RecordTypes shipped_types() {
  const auto manifest =
      manifest::Manifest::read(std::string(ZEREN_SOURCE_DIR) + "/tests/fixtures/modules/dual_reports").value();
  return read_record_types("dual_reports", manifest.section("record_types")).value();
}

TEST(RecordType, IsReadAsTheManifestDeclaresIt) {
  const auto types = shipped_types();
  const auto& type = types.at("principal_report");
  EXPECT_EQ(type.module, "dual_reports");
  EXPECT_EQ(type.initial_state, "draft");
  EXPECT_EQ(type.first_step().key, "draft");
  EXPECT_TRUE(type.state("returned").editable);
  EXPECT_TRUE(type.state("receipted").final);
  EXPECT_FALSE(type.state("submitted").editable);
  const auto& approve = *type.step("approve");
  EXPECT_TRUE(approve.dispatches);
  EXPECT_THAT(approve.not_same_person_as, ElementsAre("submit"));
  EXPECT_EQ(approve.by.front().at, Side::Owner);
  EXPECT_TRUE(type.step("return")->reason_required);
  EXPECT_THAT(type.step("submit")->required_fields, Contains("next_steps"));
  EXPECT_EQ(type.all_receipted_to, "receipted");
  EXPECT_EQ(type.leg_step("sign_for")->by.front().at, Side::Recipient);
  EXPECT_EQ(type.leg_step("return")->to, "returned");
  EXPECT_THAT(type.readers, ElementsAre(Side::Owner, Side::Recipient));
  EXPECT_EQ(type.step("burn"), nullptr);
  EXPECT_EQ(type.leg_step("all_receipted"), nullptr);
}

TEST(RecordType, LikeAnotherHasTheSameCourse) {
  const auto types = shipped_types();
  const auto& type = types.at("supervision_report");
  EXPECT_EQ(type.title.at("zh-CN"), "履行监督责任情况报告");
  EXPECT_EQ(type.steps.size(), types.at("principal_report").steps.size());
  EXPECT_TRUE(type.schema.has_field("problems_found"));
}

TEST(RecordType, NamesARoleWithItsSideAndEachOnce) {
  const auto manifest =
      manifest::Manifest::read(std::string(ZEREN_SOURCE_DIR) + "/tests/fixtures/modules/dual_reports").value();
  const auto types =
      read_record_types("dual_reports", manifest.section("record_types"), manifest.section("roles")).value();
  const auto& type = types.at("principal_report");
  const auto at = [&](Side side) { return type.title_of_role(MayAct{"registrar", side}); };
  const auto all = joined({at(Side::Owner), at(Side::Recipient), at(Side::Superior), at(Side::Bearer)});
  EXPECT_EQ(all.at("zh-CN"), "收文员、收文单位的收文员、上级单位的收文员");
  EXPECT_EQ(all.at("en"), "Registrar, Registrar of the recipient, Registrar of a unit above");
}

TEST(RecordType, ListsTheStepsThatLeadOn) {
  const auto types = shipped_types();
  const auto& type = types.at("principal_report");
  EXPECT_EQ(type.steps_from("draft").at("en"), "Submit (submit), Declare void (void)");
  EXPECT_EQ(type.steps_from("draft").at("zh-CN"), "提交（submit）、作废（void）");
  EXPECT_EQ(type.steps_from("archived"), (base::Json{{"en", "-"}, {"zh-CN", "无"}}));
}

Json schema_of(const char* properties) {
  return {{"type", "object"}, {"additionalProperties", false},
          {"properties", Json::parse(properties)}};
}

// Pointers of everything wrong with `content`.
std::vector<std::string> wrong(const Json& schema, const Json& content) {
  const auto checked = ContentSchema::compile(schema).value().check(content);
  if (checked) return {};
  EXPECT_EQ(checked.error().code, Code::RecordFieldInvalid);
  std::vector<std::string> pointers{checked.error().where.pointer};
  for (const auto& cause : checked.error().causes) {
    EXPECT_EQ(cause.code, Code::RecordFieldInvalid);
    pointers.push_back(cause.where.pointer);
  }
  return pointers;
}

TEST(ContentSchema, PointsAtTheFieldThatIsTooLong) {
  const auto schema = schema_of(R"({"title": {"type": "string", "maxLength": 4}})");
  EXPECT_THAT(wrong(schema, {{"title", "四个汉字"}}), IsEmpty());
  EXPECT_THAT(wrong(schema, {{"title", "五个汉字吗"}}), Contains("/title"));
}

TEST(ContentSchema, RefusesFieldsItDoesNotDeclare) {
  const auto schema = schema_of(R"({"title": {"type": "string", "maxLength": 4}})");
  EXPECT_FALSE(ContentSchema::compile(schema)->check({{"colour", "red"}}).has_value());
  EXPECT_FALSE(ContentSchema::compile(schema)->check(Json::array()).has_value());
  EXPECT_FALSE(ContentSchema::compile(schema)->has_field("colour"));
}

TEST(ContentSchema, RefusesNumbersThatAreNoIntegersOrOutOfRange) {
  const auto schema = schema_of(R"({"n": {"type": "integer", "minimum": 0, "maximum": 10}})");
  EXPECT_THAT(wrong(schema, {{"n", 10}}), IsEmpty());
  for (const auto& bad : {Json(11), Json(-1), Json(1.5), Json("1"), Json(nullptr)}) {
    EXPECT_THAT(wrong(schema, {{"n", bad}}), Contains("/n")) << bad;
  }
}

TEST(ContentSchema, NamesEveryBadField) {
  const auto schema = schema_of(
      R"({"a": {"type": "integer"}, "b": {"type": "string", "maxLength": 1}, "c": {"type": "boolean"}})");
  const auto pointers = wrong(schema, {{"a", "x"}, {"b", "xx"}, {"c", true}});
  EXPECT_THAT(pointers, Contains("/a"));
  EXPECT_THAT(pointers, Contains("/b"));
  EXPECT_THAT(pointers, testing::Not(Contains("/c")));
}

TEST(ContentSchema, MatchesPatternsAlsoInsideObjectsAndLists) {
  const auto schema = schema_of(R"({
    "year": {"type": "string", "maxLength": 9, "pattern": "^[0-9]{4}$"},
    "list": {"type": "array", "items": {"type": "string", "maxLength": 9, "pattern": "^a"}},
    "at": {"type": "object", "properties": {"no": {"type": "string", "maxLength": 9, "pattern": "号$"}}}
  })");
  EXPECT_THAT(wrong(schema, {{"year", "2025"}, {"list", {"a", "ab"}}, {"at", {{"no", "7号"}}}}),
              IsEmpty());
  EXPECT_THAT(wrong(schema, {{"year", "25"}, {"list", {"a", "b"}}, {"at", {{"no", "7"}}}}),
              UnorderedElementsAre("/year", "/list/1", "/at/no"));
}

// What std::regex answers with a stack overflow, and a backtracking engine with an hour of work.
TEST(ContentSchema, MatchesPatternsOnLongInput) {
  const auto schema = schema_of(
      R"({"text": {"type": "string", "maxLength": 10000000, "pattern": "^(a|a)*$"}})");
  const std::string text(1'000'000, 'a');
  EXPECT_THAT(wrong(schema, {{"text", text}}), IsEmpty());
  EXPECT_THAT(wrong(schema, {{"text", text + "b"}}), ElementsAre("/text"));
}

TEST(ContentSchema, IsRefusedWhenAPatternCannotBeRead) {
  const auto compiled =
      ContentSchema::compile(schema_of(R"({"a": {"type": "string", "pattern": "(unclosed"}})"));
  ASSERT_FALSE(compiled.has_value());
  EXPECT_EQ(compiled.error().code, Code::ManifestSchema);
}

// A module's newer package may have dropped it.
TEST(RecordType, CallsAStateItNoLongerHasByItsKeyAndAllowsNothingInIt) {
  const auto types = shipped_types();
  const auto state = types.at("principal_report").state("of_old");
  EXPECT_EQ(state.title.at("zh-CN"), "of_old");
  EXPECT_FALSE(state.editable || state.final);
  EXPECT_TRUE(types.at("principal_report").title_of_step("of_old").at("en") == "of_old");
}

TEST(RecordType, SaysWhereAPatternCannotRunAndWhyInBothLanguages) {
  const auto refused = [](const std::string& pattern) {
    const Json list{{"type", "array"}, {"maxItems", 2},
                    {"items", {{"type", "string"}, {"maxLength", 9}, {"pattern", pattern}}}};
    const Json schema{{"type", "object"}, {"properties", {{"codes", list}}}};
    const auto compiled = ContentSchema::compile(schema);
    return compiled ? base::Error{} : compiled.error();
  };
  EXPECT_EQ(refused(R"((a)\1)").where.pointer, "/properties/codes/items/pattern");
  EXPECT_THAT(refused(R"((a)\1)").args.at("reason"), testing::HasSubstr("an escape that RE2 does not know"));
  EXPECT_THAT(refused("a{2000}").args.at("reason.zh-CN"), testing::HasSubstr("重复次数超过 1000"));
  EXPECT_THAT(refused("(a").args.at("reason.zh-CN"), testing::HasSubstr("括号不配对"));
}

}  // namespace
}  // namespace zeren::records
