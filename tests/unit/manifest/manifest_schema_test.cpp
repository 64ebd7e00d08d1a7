// One row per way in which a manifest can have the wrong shape, and how the fault is named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/manifest/manifest_text.hpp"

namespace zeren::manifest {
namespace {

using base::Json;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

struct SchemaFault {
  const char* name;
  const char* pointer;  ///< what is set…
  Json value;           ///< …to this
  const char* blamed;   ///< pointer named in the fault
  const char* text;     ///< part of its sentence
};

void PrintTo(const SchemaFault& fault, std::ostream* out) { *out << fault.name; }

class ManifestSchemaTest : public ::testing::TestWithParam<SchemaFault> {};

TEST_P(ManifestSchemaTest, NamesPlaceAndReason) {
  const auto& fault = GetParam();
  const auto faults = ManifestText().set(fault.pointer, fault.value).faults();
  EXPECT_THAT(faults,
              Contains(AllOf(StartsWith(std::string(fault.blamed) + ": "), HasSubstr(fault.text))));
}

const std::string kLong(5000, 'a');
const std::string kType = "/record_types/principal_report";

INSTANTIATE_TEST_SUITE_P(
    All, ManifestSchemaTest,
    ::testing::Values(
        SchemaFault{"UnknownKey", "/colour", "red", "/colour", "no member \"colour\" here; there are: $schema, abi"},
        SchemaFault{"BadId", "/id", "Dual-Reports", "/id", "must be lower-case letters"},
        SchemaFault{"BadVersion", "/version", "1", "/version", "must be three numbers, as 1.2.0; found: \"1\""},
        SchemaFault{"NumberAsName", "/name", 7, "/name", "must be an object"},
        SchemaFault{"NameInOneLanguage", "/name", {{"en", "x"}}, "/name", "zh-CN"},
        SchemaFault{"BadMark", "/basis/0/mark", "X", "/basis/0/mark", "must be one of: S, P, M, D, I"},
        SchemaFault{"BadInterface", "/requires/interfaces/0", "log", "/requires/interfaces/0", "as zeren.log/1"},
        SchemaFault{"NoSuchOrder", "/parameters/due/order", "sooner", "/parameters/due/order", "one of: earlier"},
        SchemaFault{"NoSuchType", "/parameters/due/type", "cron", "/parameters/due/type", "one of: recurrence"},
        SchemaFault{"RoleWithoutPosts", "/roles/drafter/post_classes", Json::array(),
              "/roles/drafter/post_classes", "at least 1 items"},
        SchemaFault{"NoSuchPlace", "/record_types/principal_report/steps/submit/by/0/at", "The City",
              "/record_types/principal_report/steps/submit/by/0/at", "must be lower-case letters"},
        SchemaFault{"OpenRecord", "/record_types/principal_report/schema/additionalProperties", true,
              "/record_types/principal_report/schema/additionalProperties", "must be one of: false"},
        SchemaFault{"StringWithoutMaxLength",
              "/record_types/principal_report/schema/properties/title",
              {{"type", "string"}},
              "/record_types/principal_report/schema/properties/title",
              "maxLength"},
        SchemaFault{"FractionField", "/record_types/principal_report/schema/properties/title/type",
              "number", "/record_types/principal_report/schema/properties/title/type", "one of: string"},
        SchemaFault{"RemoteReference", "/record_types/principal_report/schema/properties/title/$ref",
              "https://example.org",
              "/record_types/principal_report/schema/properties/title/$ref", "no member \"$ref\""},
        SchemaFault{"ListWithoutLimit",
              "/record_types/principal_report/schema/properties/names",
              {{"type", "array"}, {"items", {{"type", "integer"}}}},
              "/record_types/principal_report/schema/properties/names",
              "maxItems"},
        SchemaFault{"BadPeriod", "/obligations/DR1/period", "sometimes", "/obligations/DR1/period",
              "one of: previous_year, year"},
        SchemaFault{"NumberAsDue", "/obligations/DR1/due", 7, "/obligations/DR1/due", "must be a text; found: 7"},
        SchemaFault{"ListAsOperand", "/indicators/sent",
              {{"title", {{"en", "x"}, {"zh-CN", "x"}}}, {"unit", {{"en", "x"}, {"zh-CN", "x"}}},
               {"count", {{"record_type", "principal_report"},
                          {"filter", {{"==", {{{"var", "state"}}, Json::array()}}}}}}},
              "/indicators/sent/count/filter/==/1", "must be a text or a whole number or true or false"},
        SchemaFault{"TextAsListToLookIn", "/indicators/sent",
              {{"title", {{"en", "x"}, {"zh-CN", "x"}}}, {"unit", {{"en", "x"}, {"zh-CN", "x"}}},
               {"count", {{"record_type", "principal_report"},
                          {"filter", {{"in", {{{"var", "state"}}, "sent"}}}}}}},
              "/indicators/sent/count/filter/in/1", "must be a list"},
        SchemaFault{"LongText", "/name/en", kLong, "/name/en", "5000 bytes"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ManifestSchemaTest, TellsAReaderOfChineseInChinese) {
  const auto told = [](const std::string& pointer, const Json& value) {
    const auto manifest = ManifestText().set(pointer, value).parse();
    return manifest ? std::string() : base::report_of(manifest.error(), base::Language::Chinese);
  };
  EXPECT_THAT(told("/colour", "red"), HasSubstr("此处没有“colour”这一项；可用："));
  EXPECT_THAT(told("/version", "1"), HasSubstr("应为三段数字，如 1.2.0；现为 \"1\""));
  EXPECT_THAT(told("/name", {{"en", "x"}}), HasSubstr("缺少“zh-CN”，请补充"));
  EXPECT_THAT(told("/basis/0/mark", "X"), HasSubstr("只能是下列之一：S, P, M, D, I"));
  EXPECT_THAT(told("/roles/Chef", {{"title", 1}}), HasSubstr("名称应为小写字母"));
  EXPECT_THAT(told("/record_types/principal_report/initial_state", "new"),
              HasSubstr("本模块的状态（states）中没有“new”；现有：archived"));
  EXPECT_THAT(told("/obligations/DR1/recipients/superior_committee", "party_superior/"),
              HasSubstr("第 16 个字符处应为关系"));
}

// A form that is not described would be shown as a regular expression.
TEST(ManifestSchemaTest, EveryPatternOfTheSchemaIsDescribedInBothLanguages) {
  const auto schema = base::LocatedJson::read(ZEREN_SOURCE_DIR "/config/schema/module.schema.json").value();
  const auto flat = schema.value().flatten();
  int patterns = 0;
  for (const auto& [pointer, value] : flat.items()) {
    if (!pointer.ends_with("/pattern") || !value.is_string()) continue;
    const auto form = pointer.substr(0, pointer.rfind('/')) + "/x-form";
    EXPECT_TRUE(flat.contains(form + "/en") && flat.contains(form + "/zh-CN")) << pointer;
    ++patterns;
  }
  EXPECT_GT(patterns, 5);
}

TEST(ManifestSchemaTest, RefusesALibraryWithoutAbi) {
  EXPECT_THAT(ManifestText().erase("", "abi").faults(), Contains(HasSubstr("abi")));
}

TEST(ManifestSchemaTest, NamesAFaultOnceAndNotOnEveryLevelAbove) {
  EXPECT_THAT(ManifestText().set("/record_types/principal_report/steps/submit/to", 7).faults(),
              Contains(StartsWith("/record_types/principal_report/steps/submit/to: ")));
  EXPECT_THAT(ManifestText().set("/abi/minor", -1).faults(), SizeIs(1));
}

TEST(ManifestSchemaTest, EscapesKeysInPointers) {
  EXPECT_THAT(ManifestText().set("/roles", {{"a/b~", {{"title", 1}}}}).faults(),
              Contains(StartsWith("/roles/a~1b~0/title: ")));
}

}  // namespace
}  // namespace zeren::manifest
