// One row per name in a manifest that can lead nowhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/manifest/manifest_text.hpp"

namespace zeren::manifest {
namespace {

using base::Json;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Fault {
  const char* name;
  const char* pointer;
  Json value;
  const char* text;
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }

class ManifestReferenceTest : public ::testing::TestWithParam<Fault> {};

TEST_P(ManifestReferenceTest, NamesWhatLeadsNowhere) {
  const auto& fault = GetParam();
  const auto faults = ManifestText().set(fault.pointer, fault.value).faults();
  EXPECT_THAT(faults, Contains(AllOf(StartsWith(std::string(fault.pointer) + ": "),
                                     HasSubstr(fault.text))));
}

INSTANTIATE_TEST_SUITE_P(
    All, ManifestReferenceTest,
    ::testing::Values(
        Fault{"InitialState", "/record_types/principal_report/initial_state", "new", "states"},
        Fault{"FromState", "/record_types/principal_report/steps/submit/from/0", "new", "states"},
        Fault{"ToState", "/record_types/principal_report/steps/submit/to", "sent", "states"},
        Fault{"Role", "/record_types/principal_report/steps/submit/by/0/role", "clerk", "roles"},
        Fault{"RequiredField", "/record_types/principal_report/steps/submit/required_fields/0",
              "summary", "schema.properties"},
        Fault{"OtherStep", "/record_types/principal_report/steps/approve/not_same_person_as/0",
              "sign", "steps"},
        Fault{"LegRole", "/record_types/principal_report/legs/sign_for/by/0/role", "clerk",
              "roles"},
        Fault{"ReturnState", "/record_types/principal_report/legs/return/to", "back", "states"},
        Fault{"ReceiptedState", "/record_types/principal_report/legs/all_receipted/to", "done",
              "states"},
        Fault{"RecordType", "/obligations/DR1/record_type", "report", "record_types"},
        Fault{"Due", "/obligations/DR1/due", "deadline", "parameters"},
        Fault{"DueOfAnotherType", "/obligations/DR1/due", "warn_days", "type recurrence"},
        Fault{"PolicyWithoutItsDate", "/parameters/warn_days/of", "due", "has no \"of\""},
        Fault{"DaysOfNoDuration", "/parameters/due/days", "working", "has no \"days\""},
        Fault{"PolicyOfAnotherType", "/obligations/DR1/calendar", "warn_days", "type calendar_policy"},
        Fault{"PolicyOfNoDate", "/parameters/calendar_policy/of", "warn_days", "type recurrence"},
        Fault{"Relation", "/obligations/DR1/recipients/superior_committee", "superior",
              "is not a relation"},
        Fault{"Path", "/obligations/DR1/recipients/superior_committee", "party_superior/",
              "at character 16"},
        Fault{"LibraryName", "/library", "libother.so", "libdual_reports.so"},
        Fault{"OutOfAFinalState", "/record_types/principal_report/steps/submit/from/1", "receipted",
              "final"},
        Fault{"TaskGiver", "/record_types/principal_report/tasks/handle/by/0/role", "clerk", "roles"},
        Fault{"TaskHolder", "/record_types/principal_report/tasks/handle/to/0/role", "clerk",
              "roles"},
        Fault{"RecusalRole", "/record_types/principal_report/recusal/by/0/role", "clerk", "roles"},
        Fault{"RecordNobodyCanMake",
              "/record_types/principal_report/steps",
              {{"submit",
                {{"title", {{"en", "x"}, {"zh-CN", "x"}}},
                 {"from", {"draft"}},
                 {"to", "submitted"},
                 {"by", {{{"role", "drafter"}, {"at", "owner"}}}}}}},
              "no step makes the record"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ManifestReferenceTest, RefusesLikeThatNamesNothing) {
  EXPECT_THAT(ManifestText().set("/record_types/supervision_report/like", "memo").faults(),
              ElementsAre(AllOf(StartsWith("/record_types/supervision_report/like: "),
                                HasSubstr("\"memo\""))));
}

TEST(ManifestReferenceTest, RefusesAChainOfLikes) {
  EXPECT_THAT(ManifestText().set("/record_types/third", {{"like", "supervision_report"}}).faults(),
              ElementsAre(HasSubstr("written out in full")));
}

TEST(ManifestReferenceTest, ChecksWhatALikeChanged) {
  EXPECT_THAT(
      ManifestText().set("/record_types/supervision_report/steps/submit/to", "gone").faults(),
      ElementsAre(StartsWith("/record_types/supervision_report/steps/submit/to: ")));
}

TEST(ManifestReferenceTest, ChecksIncompatibleRoles) {
  EXPECT_THAT(ManifestText()
                  .set("/record_types/principal_report/incompatible",
                       Json::array({Json::array({"drafter", "clerk"})}))
                  .faults(),
              Contains(StartsWith("/record_types/principal_report/incompatible/0/1: ")));
}

TEST(ManifestReferenceTest, ChecksWhomAStepAsksToCountersign) {
  const auto faults = [](const Json& asked) {
    return ManifestText()
        .set("/record_types/principal_report/steps/submit/countersign", asked)
        .faults();
  };
  const Json approver{{"role", "approver"}, {"at", "owner"}};
  const Json elsewhere{{"role", "approver"}, {"at", "recipient"}};
  EXPECT_THAT(faults({{"mode", "all"}, {"signers", Json::array({approver})}}), ::testing::IsEmpty());
  EXPECT_THAT(faults({{"mode", "all"}, {"signers", Json::array({elsewhere})}}),
              Contains(HasSubstr("at the owner")));
  EXPECT_THAT(faults({{"mode", "quorum"}, {"signers", Json::array({approver})}}),
              Contains(HasSubstr("needs a quorum")));
  EXPECT_THAT(faults({{"mode", "quorum"}, {"quorum", 2}, {"signers", Json::array({approver})}}),
              Contains(HasSubstr("needs a quorum")));
  EXPECT_THAT(faults({{"mode", "all"}, {"quorum", 1}, {"signers", Json::array({approver})}}),
              Contains(HasSubstr("needs a quorum")));
}

TEST(ManifestReferenceTest, LetsAnArchivingLeadOutOfAFinalState) {
  EXPECT_THAT(ManifestText().faults(), ::testing::IsEmpty());
  EXPECT_THAT(
      ManifestText().erase("/record_types/principal_report/steps/archive", "verb").faults(),
      Contains(HasSubstr("final")));
}

TEST(ManifestReferenceTest, RefusesADispatchWithoutLegs) {
  EXPECT_THAT(ManifestText().erase("/record_types/principal_report", "legs").faults(),
              Contains(HasSubstr("needs \"legs\"")));
}

TEST(ManifestReferenceTest, RefusesToRequireAModuleTwiceOrItself) {
  const Json twice = {{{"id", "task_list"}, {"version", "1.0.0"}},
                      {{"id", "task_list"}, {"version", "1.2.0"}}};
  EXPECT_THAT(ManifestText().set("/requires/modules", twice).faults(),
              ElementsAre(AllOf(StartsWith("/requires/modules/1/id: "), HasSubstr("twice"))));
  const Json itself = {{{"id", "dual_reports"}, {"version", "1.0.0"}}};
  EXPECT_THAT(ManifestText().set("/requires/modules", itself).faults(),
              ElementsAre(AllOf(StartsWith("/requires/modules/0/id: "), HasSubstr("itself"))));
}

TEST(ManifestReferenceTest, RefusesComputationsThatNoLibraryAnswers) {
  EXPECT_THAT(ManifestText().set("/provides", {"zeren.steps/1"}).faults(),
              ElementsAre(StartsWith("/computations: ")));
}

// The shipped module with copies that are held, brief and go by hand, and duties of persons.
ManifestText whole() {
  const auto by = Json::parse(R"({"by": [{"role": "approver", "at": "bearer"}, {"role": "approver", "at": "superior"}]})");
  ManifestText text;
  const std::string type = "/record_types/principal_report";
  text.set(type + "/legs/withhold", by).set(type + "/legs/release", by).set(type + "/legs/enter", by);
  text.set(type + "/profiles", Json::parse(R"({"brief": {"title": {"en": "Brief", "zh-CN": "摘要"},
                                                "without": ["problems"]}})"));
  text.set(type + "/schema/properties/nothing", Json{{"type", "boolean"}, {"index", true}});
  text.set(type + "/nil_report", Json::parse(R"({"field": "nothing", "instead_of": ["problems"]})"));
  text.set(type + "/schema_version", 2);
  text.set(type + "/upcasts", Json::parse(R"({"1": [{"op": "move", "from": "/summary", "path": "/title"}]})"));
  text.set("/obligations/DR1/recipients/superior_commission",
           Json::parse(R"({"path": "party_superior/^same_level", "channel": "courier", "profile": "brief",
                           "held": true})"));
  text.set("/obligations/DR1/at_once", "fix_days");
  text.set("/obligations/DR1/owner/appointment", "PRINCIPAL");
  return text.set("/obligations/DR1/owner/min_tenure", "warn_days");
}

TEST(ManifestReferences, PersonsDutiesAndCopiesOfTheirOwnAreUnderstood) {
  EXPECT_THAT(whole().faults(), ::testing::IsEmpty());
  auto after = whole();
  after.erase("/obligations/DR1", "due").erase("/obligations/DR1", "calendar");
  after.set("/obligations/DR1/after", Json{{"event", "left"}, {"within", "fix_days"}});
  EXPECT_THAT(after.faults(), ::testing::IsEmpty());
}

TEST(ManifestReferences, WhatTheyNeedIsNamedWhereItIsMissing) {
  const std::string type = "/record_types/principal_report";
  const std::string to = "/obligations/DR1/recipients/superior_commission";
  const auto faults = [](ManifestText text) { return text.faults(); };
  EXPECT_THAT(faults(whole().erase(type + "/legs", "release")), Contains(HasSubstr("needs \"release\"")));
  EXPECT_THAT(faults(whole().erase(type + "/legs", "enter")), Contains(HasSubstr("needs \"enter\"")));
  EXPECT_THAT(faults(whole().set(to + "/profile", "short")), Contains(HasSubstr("profiles")));
  EXPECT_THAT(faults(whole().set(to + "/path", "superior")), Contains(HasSubstr("is not a relation")));
  EXPECT_THAT(faults(whole().set(type + "/nil_report/field", "title")), Contains(HasSubstr("must be boolean")));
  EXPECT_THAT(faults(whole().set(type + "/schema_version", 1)), Contains(HasSubstr("beyond schema_version")));
  EXPECT_THAT(faults(whole().set(type + "/schema/properties/problems/index", true)), Contains(HasSubstr("500 characters")));
  EXPECT_THAT(faults(whole().erase("/obligations/DR1", "due")), Contains(HasSubstr("either \"due\" or \"after\"")));
  EXPECT_THAT(faults(whole().set("/obligations/DR1/owner/post", "PRINCIPAL")), Contains(HasSubstr("not on both")));
  EXPECT_THAT(faults(whole().erase("/obligations/DR1/owner", "appointment")), Contains(HasSubstr("has a tenure")));
}

TEST(ManifestReferenceTest, RefusesDocumentsOfNothingOrOfWhatDoesNotExist) {
  EXPECT_THAT(ManifestText().erase("/documents/report", "record_types").faults(),
              ElementsAre(StartsWith("/documents/report: ")));
  EXPECT_THAT(ManifestText().set("/documents/report/computation", "statistics").faults(),
              ElementsAre(StartsWith("/documents/report: ")));
  EXPECT_THAT(ManifestText().set("/documents/report/record_types", {"memo"}).faults(),
              ElementsAre(AllOf(StartsWith("/documents/report/record_types/0: "), HasSubstr("memo"))));
  EXPECT_THAT(ManifestText().set("/documents/statistics/computation", "ranking").faults(),
              ElementsAre(AllOf(StartsWith("/documents/statistics/computation: "), HasSubstr("ranking"))));
  EXPECT_THAT(ManifestText().set("/documents/statistics/states", {"draft"}).faults(),
              ElementsAre(StartsWith("/documents/statistics/states: ")));
}

TEST(ManifestReferenceTest, RefusesDocumentsInStatesThatOneOfTheirTypesDoesNotHave) {
  EXPECT_THAT(ManifestText().set("/documents/receipt/states", {"burnt"}).faults(),
              Each(AllOf(StartsWith("/documents/receipt/states/0: "), HasSubstr("burnt"))));
}

TEST(ManifestReferenceTest, RefusesDocumentsWhoseFileLiesElsewhere) {
  for (const auto* file : {"../report.html", "/etc/passwd", "documents/a/b.html", "documents/report.txt"}) {
    EXPECT_THAT(ManifestText().set("/documents/report/file", file).faults(),
                ElementsAre(StartsWith("/documents/report/file: ")))
        << file;
  }
}

}  // namespace
}  // namespace zeren::manifest
