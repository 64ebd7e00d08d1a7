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

struct Fault {
  const char* name;
  const char* pointer;  ///< what is set…
  Json value;           ///< …to this
  const char* blamed;   ///< pointer named in the fault
  const char* text;     ///< part of its sentence
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }

class ManifestSchemaTest : public ::testing::TestWithParam<Fault> {};

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
        Fault{"UnknownKey", "/colour", "red", "", "colour"},
        Fault{"BadId", "/id", "Dual-Reports", "/id", "pattern"},
        Fault{"BadVersion", "/version", "1", "/version", "Found: \"1\""},
        Fault{"NumberAsName", "/name", 7, "/name", "type"},
        Fault{"NameInOneLanguage", "/name", {{"en", "x"}}, "/name", "zh-CN"},
        Fault{"BadMark", "/basis/0/mark", "X", "/basis/0/mark", "enum"},
        Fault{"BadInterface", "/requires/interfaces/0", "log", "/requires/interfaces/0", "pattern"},
        Fault{"NoSuchOrder", "/parameters/due/order", "sooner", "/parameters/due/order", "enum"},
        Fault{"NoSuchType", "/parameters/due/type", "cron", "/parameters/due/type", "enum"},
        Fault{"RoleWithoutPosts", "/roles/drafter/post_classes", Json::array(),
              "/roles/drafter/post_classes", "fewer"},
        Fault{"NoSuchPlace", "/record_types/principal_report/steps/submit/by/0/at", "city",
              "/record_types/principal_report/steps/submit/by/0/at", "enum"},
        Fault{"OpenRecord", "/record_types/principal_report/schema/additionalProperties", true,
              "/record_types/principal_report/schema/additionalProperties", "enum"},
        Fault{"StringWithoutMaxLength",
              "/record_types/principal_report/schema/properties/title",
              {{"type", "string"}},
              "/record_types/principal_report/schema/properties/title",
              "maxLength"},
        Fault{"FractionField", "/record_types/principal_report/schema/properties/title/type",
              "number", "/record_types/principal_report/schema/properties/title/type", "enum"},
        Fault{"RemoteReference", "/record_types/principal_report/schema/properties/title/$ref",
              "https://example.org", "/record_types/principal_report/schema/properties/title",
              "$ref"},
        Fault{"ListWithoutLimit",
              "/record_types/principal_report/schema/properties/names",
              {{"type", "array"}, {"items", {{"type", "integer"}}}},
              "/record_types/principal_report/schema/properties/names",
              "maxItems"},
        Fault{"BadPeriod", "/obligations/DR1/period", "sometimes", "/obligations/DR1/period",
              "enum"},
        Fault{"LongText", "/name/en", kLong, "/name/en", "5000 bytes"}),
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
