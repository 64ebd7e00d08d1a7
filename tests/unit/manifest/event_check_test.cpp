// One row per thing that a manifest can say wrongly of events and of modules it uses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "manifest/active_parts.hpp"
#include "unit/manifest/manifest_text.hpp"

namespace zeren::manifest {
namespace {

using base::Json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The shipped manifest as it would be if it had a part in everything.
ManifestText telling() {
  ManifestText text;
  text.set("/provides", {"zeren.steps/1", "zeren.compute/1", "zeren.events/1"})
      .set("/events", {{"out", {{"report.sent", {{"title", {{"en", "Sent"}, {"zh-CN", "已报送"}}},
                                                  {"with", {"title", "problems_found"}}}}}},
                       {"in", {"endorse.refused", "task.overdue"}}})
      .set("/permissions", {"comment", "notify"})
      .set("/reactions", {{"endorse.refused", {{"notify", {{"title", {{"en", "Refused"}, {"zh-CN", "拒签"}}}}},
                                               {"if_module", "endorsements"}}}})
      .set("/requires/optional", {{{"id", "endorsements"}, {"version", "1.0.0"}}})
      .set("/record_types/principal_report/steps/approve/emit", {"report.sent"})
      .set("/record_types/principal_report/steps/withdraw/if_module", "endorsements");
  return text;
}

TEST(EventCheckTest, TakesAManifestThatHasAPartInEverything) {
  const auto manifest = telling().parse();
  ASSERT_TRUE(manifest.has_value()) << base::report_of(manifest.error());
  EXPECT_THAT(manifest->events_heard(), ElementsAre("endorse.refused", "task.overdue"));
  EXPECT_TRUE(manifest->events_told().contains("report.sent"));
  EXPECT_THAT(manifest->permissions(), ElementsAre("comment", "notify"));
  EXPECT_THAT(manifest->optional_modules(), ElementsAre(RequiredModule{"endorsements", "1.0.0"}));
}

TEST(EventCheckTest, HasNothingToSayOfAManifestWithoutEvents) {
  const auto manifest = ManifestText().parse();
  ASSERT_TRUE(manifest.has_value());
  EXPECT_THAT(manifest->events_heard(), IsEmpty());
  EXPECT_THAT(manifest->events_told(), IsEmpty());
  EXPECT_THAT(manifest->permissions(), IsEmpty());
  EXPECT_THAT(manifest->optional_modules(), IsEmpty());
}

struct EventFault {
  const char* name;
  const char* pointer;
  Json value;
  const char* at;
  const char* text;
};

void PrintTo(const EventFault& fault, std::ostream* out) { *out << fault.name; }

class EventFaultTest : public ::testing::TestWithParam<EventFault> {};

TEST_P(EventFaultTest, IsNamedWithItsPlace) {
  const auto& fault = GetParam();
  const auto faults = telling().set(fault.pointer, fault.value).faults();
  EXPECT_THAT(faults, Contains(::testing::AllOf(::testing::StartsWith(std::string(fault.at) + ": "),
                                                HasSubstr(fault.text))));
}

const Json kTitled{{"title", {{"en", "x"}, {"zh-CN", "某"}}}};

INSTANTIATE_TEST_SUITE_P(
    All, EventFaultTest,
    ::testing::Values(
        EventFault{"EmitsWhatItDoesNotDeclare", "/record_types/principal_report/steps/approve/emit/0", "report.gone",
                   "/record_types/principal_report/steps/approve/emit/0", "events.out"},
        EventFault{"TellsAFieldThatTheRecordLacks", "/events/out/report.sent/with/0", "summary",
                   "/events/out/report.sent/with/0", "schema.properties"},
        EventFault{"TellsAFieldOfAGroup", "/record_types/principal_report/schema/properties/title/group", "inner",
                   "/events/out/report.sent/with/0", "told to nobody"},
        EventFault{"SpeaksForTheHost", "/events/out/task.overdue", kTitled, "/events/out/task.overdue",
                   "by the host only"},
        EventFault{"SpeaksForPeople", "/events/out/record.submit", kTitled, "/events/out/record.submit",
                   "by the host only"},
        EventFault{"SpeaksForThoseWithATask", "/events/out/task.agree", kTitled, "/events/out/task.agree",
                   "by the host only"},
        EventFault{"ListensAtOtherPeoplesRecords", "/events/in/0", "record.submit", "/events/in/0", "by did_step"},
        EventFault{"ReactsToWhatItDoesNotHear", "/events/in/0", "meeting.held", "/reactions/endorse.refused",
                   "events.in"},
        EventFault{"ReactsWithoutPermission", "/permissions", {"comment"}, "/reactions/endorse.refused/notify",
                   "under \"permissions\""},
        EventFault{"ProposesFromATypeThereIsNot", "/reactions/endorse.refused/propose_link",
                   {{"kind", "see"}, {"to", "lost"}}, "/reactions/endorse.refused/propose_link/to", "record_types"},
        EventFault{"ProposesALinkThereIsNot", "/reactions/endorse.refused/propose_link",
                   {{"kind", "see"}, {"to", "principal_report"}}, "/reactions/endorse.refused/propose_link/kind",
                   "links"},
        EventFault{"ProposesWithoutPermission", "/reactions/endorse.refused/propose_link",
                   {{"kind", "see"}, {"to", "principal_report"}}, "/reactions/endorse.refused/propose_link",
                   "under \"permissions\": link"},
        EventFault{"HearsWithoutEars", "/provides", {"zeren.steps/1", "zeren.compute/1"}, "/events/in/1",
                   "nobody would hear it"},
        EventFault{"DependsOnAModuleItDoesNotName", "/record_types/principal_report/steps/withdraw/if_module", "votes",
                   "/record_types/principal_report/steps/withdraw/if_module", "requires.optional"},
        EventFault{"CannotBeginAlone", "/record_types/principal_report/steps/draft/if_module", "endorsements",
                   "/record_types/principal_report/steps/draft/if_module", "cannot depend"},
        EventFault{"UsesItself", "/requires/optional/0/id", "dual_reports", "/requires/optional/0/id", "not use itself"},
        EventFault{"UsesWhatItRequires", "/requires/modules", {{{"id", "endorsements"}, {"version", "1.0.0"}}},
                   "/requires/optional/0/id", "required already"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(ActivePartsTest, LeavesOutWhatNamesAModuleThatIsNotThere) {
  const Json section{{"a", {{"if_module", "x"}, {"n", 1}}}, {"b", {{"list", {{{"if_module", "y"}, {"n", 2}}, {{"n", 3}}}}}}};
  EXPECT_EQ(active_parts(section, {}), (Json{{"b", {{"list", {{{"n", 3}}}}}}}));
  EXPECT_EQ(active_parts(section, {"x"}), (Json{{"a", {{"n", 1}}}, {"b", {{"list", {{{"n", 3}}}}}}}));
  EXPECT_EQ(active_parts(section, {"x", "y"}),
            (Json{{"a", {{"n", 1}}}, {"b", {{"list", {{{"n", 2}}, {{"n", 3}}}}}}}));
}

}  // namespace
}  // namespace zeren::manifest
