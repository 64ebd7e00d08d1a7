// What manifests may not say about duties, ledgers and indicators.
#include <gmock/gmock.h>

#include "base/located_json.hpp"
#include "unit/manifest/manifest_text.hpp"

namespace zeren::manifest {
namespace {

using base::Json;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

/// The module that has duties of every kind, changed.
std::vector<std::string> faults_with(const std::string& pointer, const Json& value) {
  auto json =
      base::LocatedJson::read(ZEREN_SOURCE_DIR "/tests/fixtures/modules/duties.json")->value();
  if (value.is_discarded()) {
    const auto at = Json::json_pointer(pointer);
    json[at.parent_pointer()].erase(at.back());
  } else {
    json[Json::json_pointer(pointer)] = value;
  }
  const auto manifest = Manifest::parse(json.dump(2), "module.json");
  std::vector<std::string> out;
  if (manifest) return out;
  for (auto fault : manifest.error().causes) {
    const auto at = fault.where.pointer;
    fault.where = {};
    out.push_back(at + ": " + base::text_of(fault));
  }
  return out;
}

std::vector<std::string> faults_without(const std::string& pointer) {
  return faults_with(pointer, Json(Json::value_t::discarded));
}

TEST(DutyCheckTest, TakesDutiesOfEveryKind) {
  EXPECT_THAT(faults_with("/version", "1.0.1"), IsEmpty());
}

TEST(DutyCheckTest, RefusesWhatNothingFulfils) {
  EXPECT_THAT(faults_without("/obligations/Q1/fulfilled_in"),
              ElementsAre(AllOf(StartsWith("/obligations/Q1: "), HasSubstr("fulfilled_in"))));
  EXPECT_THAT(faults_without("/obligations/S1/fulfilled_in"),
              ElementsAre(StartsWith("/obligations/S1: ")));
}

TEST(DutyCheckTest, RefusesStatesThatTheRecordDoesNotHave) {
  for (const auto* member : {"fulfilled_in", "exempt_in", "source/states"}) {
    const auto at = std::string("/obligations/S1/") + member;
    EXPECT_THAT(faults_with(at, {"burnt"}),
                ElementsAre(AllOf(StartsWith(at + "/0: "), HasSubstr("burnt"))));
  }
}

TEST(DutyCheckTest, RefusesASourceThatSaysWhatItsRecordSays) {
  EXPECT_THAT(faults_with("/obligations/S1/due", "quarterly"),
              ElementsAre(StartsWith("/obligations/S1/due: ")));
  EXPECT_THAT(faults_with("/obligations/S1/owner", {{"kinds", {"party_committee"}}}),
              ElementsAre(StartsWith("/obligations/S1/owner: ")));
}

TEST(DutyCheckTest, RefusesADateThatIsNoFieldOfTheRecordOrNoText) {
  EXPECT_THAT(faults_with("/obligations/S1/source/due", "someday"),
              ElementsAre(AllOf(StartsWith("/obligations/S1/source/due: "), HasSubstr("someday"))));
  EXPECT_THAT(faults_with("/obligations/S1/source/due", "findings"),
              ElementsAre(StartsWith("/obligations/S1/source/due: ")));
  EXPECT_THAT(faults_with("/obligations/S1/source/record_type", "memo"),
              ElementsAre(StartsWith("/obligations/S1/source/record_type: ")));
}

TEST(DutyCheckTest, RefusesAPeriodBeforeNoDate) {
  EXPECT_THAT(faults_with("/obligations/H1/period", "previous_year"),
              ElementsAre(StartsWith("/obligations/H1/period: ")));
}

TEST(DutyCheckTest, RefusesAPeriodThatNobodyKnows) {
  EXPECT_THAT(faults_with("/obligations/Q1/period", "fortnight"),
              Contains(StartsWith("/obligations/Q1/period: ")));
}

TEST(DutyCheckTest, RefusesAnObligationWithoutAnOwner) {
  EXPECT_THAT(faults_without("/obligations/Q1/owner"),
              ElementsAre(AllOf(StartsWith("/obligations/Q1: "), HasSubstr("owner"))));
}

TEST(DutyCheckTest, RefusesARecordThatIsSentToNobody) {
  EXPECT_THAT(ManifestText()
                  .erase("/obligations/DR1", "recipients")
                  .set("/obligations/DR1/fulfilled_in", {"receipted"})
                  .faults(),
              ElementsAre(StartsWith("/obligations/DR1/record_type: ")));
}

TEST(DutyCheckTest, RefusesColumnsOfWhatIsNotThere) {
  const std::string column = "/ledgers/orders/columns/1";
  EXPECT_THAT(faults_with(column + "/field", "colour"),
              ElementsAre(AllOf(StartsWith(column + "/field: "), HasSubstr("colour"))));
  EXPECT_THAT(faults_with(column + "/header", "unit"), ElementsAre(StartsWith(column + ": ")));
  EXPECT_THAT(faults_with("/ledgers/orders/columns/0/header", "light"),
              ElementsAre(StartsWith("/ledgers/orders/columns/0/header: ")));
  EXPECT_THAT(faults_without("/ledgers/orders/columns/0/group"),
              ElementsAre(StartsWith("/ledgers/orders/columns: ")));
}

TEST(DutyCheckTest, RefusesFiltersAndOrdersThatNameNothing) {
  EXPECT_THAT(faults_with("/ledgers/orders/filter", {{"==", {{{"var", "content.colour"}}, "red"}}}),
              ElementsAre(StartsWith("/ledgers/orders/filter/==/0/var: ")));
  EXPECT_THAT(faults_with("/ledgers/orders/filter", {{"and", {{{"!", {{"var", "colour"}}}}}}}),
              ElementsAre(StartsWith("/ledgers/orders/filter/and/0/!/var: ")));
  EXPECT_THAT(faults_with("/ledgers/orders/order", {"colour"}),
              ElementsAre(StartsWith("/ledgers/orders/order/0: ")));
  EXPECT_FALSE(faults_with("/ledgers/orders/filter", {{"matches", {1, 2}}}).empty());
  EXPECT_FALSE(faults_with("/ledgers/orders/filter", {{"==", {1}}}).empty());
}

TEST(DutyCheckTest, RefusesRowsOfTwoKindsOrOfNone) {
  EXPECT_THAT(faults_with("/ledgers/orders/obligations", {"Q1"}),
              ElementsAre(StartsWith("/ledgers/orders: ")));
  EXPECT_THAT(faults_without("/ledgers/orders/record_type"),
              ElementsAre(StartsWith("/ledgers/orders: ")));
  EXPECT_THAT(faults_with("/ledgers/quarters/obligations", {"Q9"}),
              ElementsAre(StartsWith("/ledgers/quarters/obligations/0: ")));
}

TEST(DutyCheckTest, RefusesIndicatorsThatCountInTwoWaysOrInNone) {
  EXPECT_THAT(faults_without("/indicators/settled/count"),
              ElementsAre(StartsWith("/indicators/settled: ")));
  EXPECT_THAT(faults_with("/indicators/settled/computation",
                          {{"name", "figures"}, {"unit", "u"}, {"value", "v"}}),
              Contains(StartsWith("/indicators/settled: ")));
}

}  // namespace
}  // namespace zeren::manifest
