// What a manifest says of sides: there must be one of that name, and who acts on it must be able to read there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/manifest/manifest_text.hpp"

namespace zeren::manifest {
namespace {

using base::Json;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kReport = "/record_types/principal_report";

Json side(const std::string& path) { return {{"title", {{"en", "Supervisor"}, {"zh-CN", "监督单位"}}}, {"path", path}}; }

// The shipped manifest, whose reports are read, and can be sent back, by the commission of the committee above.
ManifestText supervised() {
  ManifestText text;
  text.set(kReport + "/sides", {{"supervisor", side("party_superior/^same_level")}});
  text.set(kReport + "/read", {"owner", "recipient", "supervisor", "superior"});
  text.set(kReport + "/steps/submit/by/1", {{"role", "approver"}, {"at", "supervisor"}});
  return text;
}

TEST(SideCheck, ARecordTypeWithANamedSideIsGood) { EXPECT_THAT(supervised().faults(), IsEmpty()); }

struct WrongSide {
  const char* name;
  std::string pointer;
  Json value;
  const char* text;
};

void PrintTo(const WrongSide& wrong, std::ostream* out) { *out << wrong.name; }

class SideCheckTest : public ::testing::TestWithParam<WrongSide> {};

TEST_P(SideCheckTest, NamesTheFault) {
  const auto& wrong = GetParam();
  EXPECT_THAT(supervised().set(wrong.pointer, wrong.value).faults(), Contains(HasSubstr(wrong.text)));
}

INSTANTIATE_TEST_SUITE_P(
    All, SideCheckTest,
    ::testing::Values(
        WrongSide{"UnknownReader", kReport + "/read/0", "city",
                  "\"city\" is not among the sides"},
        WrongSide{"BearerReads", kReport + "/read/0", "bearer", "sides"},
        WrongSide{"UnknownActor", kReport + "/steps/submit/by/0/at", "city", "/steps/submit/by/0/at"},
        WrongSide{"NobodyActsAnywhere", kReport + "/steps/submit/by/0/at", "anywhere", "sides"},
        WrongSide{"UnknownOnALeg", kReport + "/legs/sign_for/by/0/at", "city", "/legs/sign_for/by/0/at"},
        WrongSide{"UnknownGiver", kReport + "/tasks/circulate/by/0/at", "city", "/tasks/circulate/by/0/at"},
        WrongSide{"UnknownHolder", kReport + "/tasks/circulate/to/0/at", "bearer", "/tasks/circulate/to/0/at"},
        WrongSide{"UnknownOrdererOfRecusals", kReport + "/recusal/by/0/at", "city", "/recusal/by/0/at"},
        WrongSide{"ActsUnread", kReport + "/read", {"owner", "recipient"}, "add it to \"read\""},
        WrongSide{"NameOfEveryRecord", kReport + "/sides/superior", side("same_level"), "another name"},
        WrongSide{"BadPath", kReport + "/sides/supervisor/path", "boss", "not a relation"},
        WrongSide{"NoPath", kReport + "/sides/supervisor", {{"title", {{"en", "x"}, {"zh-CN", "x"}}}}, "\"path\" is missing"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(SideCheck, TellsAReaderOfChineseInChinese) {
  const auto told = [](const std::string& pointer, const Json& value) {
    const auto manifest = supervised().set(pointer, value).parse();
    return manifest ? std::string() : base::report_of(manifest.error(), base::Language::Chinese);
  };
  EXPECT_THAT(told(kReport + "/read/0", "city"), HasSubstr("方面（sides）中没有“city”"));
  EXPECT_THAT(told(kReport + "/read", {"owner"}), HasSubstr("请将其列入 read"));
  EXPECT_THAT(told(kReport + "/sides/owner", side("same_level")), HasSubstr("请另取名称"));
}

}  // namespace
}  // namespace zeren::manifest
