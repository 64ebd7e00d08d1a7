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
        SchemaFault{"UnknownKey", "/colour", "red", "", "colour"},
        SchemaFault{"BadId", "/id", "Dual-Reports", "/id", "pattern"},
        SchemaFault{"BadVersion", "/version", "1", "/version", "Found: \"1\""},
        SchemaFault{"NumberAsName", "/name", 7, "/name", "type"},
        SchemaFault{"NameInOneLanguage", "/name", {{"en", "x"}}, "/name", "zh-CN"},
        SchemaFault{"BadMark", "/basis/0/mark", "X", "/basis/0/mark", "enum"},
        SchemaFault{"BadInterface", "/requires/interfaces/0", "log", "/requires/interfaces/0", "pattern"},
        SchemaFault{"NoSuchOrder", "/parameters/due/order", "sooner", "/parameters/due/order", "enum"},
        SchemaFault{"NoSuchType", "/parameters/due/type", "cron", "/parameters/due/type", "enum"},
        SchemaFault{"RoleWithoutPosts", "/roles/drafter/post_classes", Json::array(),
              "/roles/drafter/post_classes", "fewer"},
        SchemaFault{"NoSuchPlace", "/record_types/principal_report/steps/submit/by/0/at", "city",
              "/record_types/principal_report/steps/submit/by/0/at", "enum"},
        SchemaFault{"OpenRecord", "/record_types/principal_report/schema/additionalProperties", true,
              "/record_types/principal_report/schema/additionalProperties", "enum"},
        SchemaFault{"StringWithoutMaxLength",
              "/record_types/principal_report/schema/properties/title",
              {{"type", "string"}},
              "/record_types/principal_report/schema/properties/title",
              "maxLength"},
        SchemaFault{"FractionField", "/record_types/principal_report/schema/properties/title/type",
              "number", "/record_types/principal_report/schema/properties/title/type", "enum"},
        SchemaFault{"RemoteReference", "/record_types/principal_report/schema/properties/title/$ref",
              "https://example.org", "/record_types/principal_report/schema/properties/title",
              "$ref"},
        SchemaFault{"ListWithoutLimit",
              "/record_types/principal_report/schema/properties/names",
              {{"type", "array"}, {"items", {{"type", "integer"}}}},
              "/record_types/principal_report/schema/properties/names",
              "maxItems"},
        SchemaFault{"BadPeriod", "/obligations/DR1/period", "sometimes", "/obligations/DR1/period",
              "enum"},
        SchemaFault{"LongText", "/name/en", kLong, "/name/en", "5000 bytes"}),
    [](const auto& row) { return std::string(row.param.name); });

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
