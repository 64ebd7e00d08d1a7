// Units that end, people who come and go, and reports of nothing: who owes what then (domain E1, E2, E3, E4, E9,
// E11, E12).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "records/light.hpp"
#include "records/nil_report.hpp"
#include "records/obligation.hpp"
#include "unit/org/written_organisation.hpp"
#include "unit/records/task_course.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::make_date;
using org::RelationKind;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr auto kReport = R"({
  "report": {
    "title": {"en": "Report", "zh-CN": "报告"}, "basis": "11", "mark": "S",
    "owner": {"kinds": ["party_committee"]}, "record_type": "report",
    "due": "due", "period": "previous_year", "recipients": {"above": "party_superior"}
  }})";

constexpr auto kParameters = R"({
  "due": {"title": {"en": "Due", "zh-CN": "截止"}, "type": "recurrence", "order": "earlier",
          "default": "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31", "mark": "S"},
  "days": {"title": {"en": "Days", "zh-CN": "天数"}, "type": "integer", "order": "free", "default": 30, "mark": "D"},
  "tenure": {"title": {"en": "Tenure", "zh-CN": "任期"}, "type": "integer", "order": "free", "default": 90, "mark": "D"}
})";

class EdgeCases : public testing::Test {
 protected:
  EdgeCases() {
    rows_.unit("city").unit("other");
    rows_.relation("other", RelationKind::PartySuperior, "city");
  }

  // A committee under the city, from the first of 2019 until `end`.
  void below(const std::string& code, base::Date end = base::kForever,
             base::Date begin = make_date(2019, 1, 1)) {
    rows_.unit(code, {begin, end});
    rows_.relation(code, RelationKind::PartySuperior, "city", {begin, end});
  }

  // The rule with `changes` merged into it.
  std::vector<Obligation> derived(const Json& changes = Json::object(), int year = 2026,
                                  base::Date today = make_date(2026, 3, 1)) const {
    auto section = *base::parse_json(kReport);
    section["report"].merge_patch(changes);
    const auto rules = *read_obligation_rules("m", section);
    const rules::RuleBook book("m", *rules::read_parameters(*base::parse_json(kParameters)), {});
    const auto organisation = rows_.make(today);
    return derive(rules.front(), book, *organisation, {}, {"city"},
                  {make_date(year, 1, 1), make_date(year + 1, 1, 1)})
        ->obligations;
  }

  static std::vector<std::string> owners(const std::vector<Obligation>& all) {
    std::vector<std::string> owners;
    for (const auto& each : all) owners.push_back(each.owner.value);
    return owners;
  }

  static Json on_posts() { return {{"owner", {{"post", "PRINCIPAL"}}}}; }

  static Json on_appointments() {
    return {{"owner", {{"appointment", "PRINCIPAL"}, {"min_tenure", "tenure"}}}};
  }

  static Json after(const char* event) {
    return {{"owner", {{"appointment", "PRINCIPAL"}}},
            {"due", nullptr},
            {"period", "year"},
            {"after", {{"event", event}, {"within", "days"}}}};
  }

  org::Rows rows_;
};

TEST_F(EdgeCases, E1WhatAMergedUnitOwesPassesToWhoTookOverWithItsProvenance) {
  below("town", make_date(2025, 7, 1));
  rows_.successor("town", "merge", "other", make_date(2025, 7, 1));
  const auto all = derived();
  ASSERT_THAT(owners(all), ElementsAre("other", "other"));
  EXPECT_FALSE(all.front().moved.has_value());
  EXPECT_EQ(all.back().moved, (Provenance{{"town"}, make_date(2025, 7, 1), "merge"}));
  EXPECT_EQ(all.back().period, "2025");  // the half year that the town still stood
  EXPECT_THAT(all.back().recipients.front().units, ElementsAre(org::UnitId{"city"}));
}

TEST_F(EdgeCases, E1AnObligationKeepsItsKeyWhenItsUnitEnds) {
  below("town");
  const auto before = derived();
  rows_ = org::Rows();
  rows_.unit("city").unit("other").relation("other", RelationKind::PartySuperior, "city");
  below("town", make_date(2026, 1, 15));
  rows_.successor("town", "merge", "other", make_date(2026, 1, 15));
  const auto after = derived();
  ASSERT_THAT(before, SizeIs(2));
  ASSERT_THAT(after, SizeIs(2));
  EXPECT_EQ(before.back().owner.value.text(), "town");
  EXPECT_EQ(after.back().owner.value.text(), "other");
  EXPECT_EQ(after.back().id, before.back().id);
}

TEST_F(EdgeCases, E1OfASplitUnitOneSuccessorOwesItAndNobodyTwice) {
  below("town", make_date(2025, 7, 1));
  below("east", base::kForever, make_date(2025, 7, 1));
  below("west", base::kForever, make_date(2025, 7, 1));
  rows_.successor("town", "split", "west", make_date(2025, 7, 1));
  rows_.successor("town", "split", "east", make_date(2025, 7, 1));
  const auto all = derived();
  ASSERT_THAT(owners(all), ElementsAre("east", "other", "west", "east"));
  EXPECT_EQ(all.back().moved->origin.value.text(), "town");
}

TEST_F(EdgeCases, E1ARenamedUnitIsTheSameOneAndKeepsTheKey) {
  below("town");
  const auto before = derived().back().id;
  rows_ = org::Rows();
  rows_.unit("city");
  below("town", make_date(2025, 7, 1));
  below("district", base::kForever, make_date(2025, 7, 1));
  rows_.successor("town", "rename", "district", make_date(2025, 7, 1));
  const auto after = derived();
  ASSERT_THAT(owners(after), ElementsAre("district"));
  EXPECT_EQ(after.front().id, before);
}

TEST_F(EdgeCases, E1WhoEndedBeforeThePeriodOrWithoutASuccessorOwesNothing) {
  below("long-gone", make_date(2024, 7, 1));
  rows_.successor("long-gone", "merge", "other", make_date(2024, 7, 1));
  below("dissolved", make_date(2025, 7, 1));
  EXPECT_THAT(owners(derived()), ElementsAre("other"));
}

TEST_F(EdgeCases, E2AnObligationHangsOnThePostWhoeverHoldsIt) {
  rows_.post("head", "other", "PRINCIPAL").post("clerk", "other", "STAFF");
  rows_.held("a", "head", "in_charge");
  const auto all = derived(on_posts());
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all.front().post.value.text(), "head");
  EXPECT_NE(all.front().id, derived().front().id);
}

TEST_F(EdgeCases, E2WhoIsAppointedFormallyAfterStandingInConfirmsWithinTheDays) {
  rows_.post("head", "other", "PRINCIPAL");
  rows_.held("a", "head", "in_charge", {make_date(2025, 4, 1), make_date(2026, 2, 1)});
  rows_.held("a", "head", "formal", {make_date(2026, 2, 1), base::kForever});
  const auto all = derived(after("confirmed"));
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all.front().due, make_date(2026, 3, 3));
  EXPECT_EQ(all.front().appointment.value.text(), "1");
  EXPECT_THAT(derived(after("left")), IsEmpty());  // the same person goes on
}

TEST_F(EdgeCases, E3AnAnnualDutyOfAPersonTakesNinetyDaysInTheYear) {
  rows_.post("head", "other", "PRINCIPAL").post("member", "other", "MEMBER");
  rows_.held("a", "head", "formal", {make_date(2020, 1, 1), make_date(2025, 3, 31)});  // 89 days of 2025
  rows_.held("a", "member", "formal", {make_date(2025, 3, 31), base::kForever});
  rows_.held("b", "head", "formal", {make_date(2025, 3, 31), base::kForever});
  const auto all = derived(on_appointments());
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all.front().appointment.value.text(), "2");
  EXPECT_THAT(derived(on_appointments(), 2025), SizeIs(1));  // for 2024, when only the first was there
}

TEST_F(EdgeCases, E3ThePredecessorOwesTheHandOver) {
  rows_.post("head", "other", "PRINCIPAL").post("member", "other", "MEMBER");
  rows_.held("a", "head", "formal", {make_date(2020, 1, 1), make_date(2026, 2, 1)});
  rows_.held("a", "member", "formal", {make_date(2026, 2, 1), base::kForever});
  rows_.held("b", "head", "formal", {make_date(2026, 2, 1), base::kForever});
  const auto all = derived(after("left"));
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all.front().appointment.value.text(), "0");
  EXPECT_EQ(all.front().owner.value.text(), "other");
  EXPECT_EQ(all.front().due, make_date(2026, 3, 3));
}

TEST_F(EdgeCases, E4WhatIsLateIsAcceptedAndStaysLate) {
  const auto due = make_date(2026, 1, 31);
  const Progress late{due, false, true, make_date(2026, 2, 3), true};
  EXPECT_EQ(light_of(late, make_date(2026, 2, 4), 5), Light::Purple);
}

TEST_F(EdgeCases, E11WhoHasLeftOwesNothingNewAndThePostHandsOver) {
  rows_.post("head", "other", "PRINCIPAL");
  rows_.held("a", "head", "formal", {make_date(2020, 1, 1), make_date(2025, 12, 1)});
  EXPECT_THAT(derived(on_appointments()), IsEmpty());
  const auto left = derived(after("left"), 2025);
  ASSERT_THAT(left, SizeIs(1));
  EXPECT_THAT(left.front().appointment.value.text(), IsEmpty());
  EXPECT_EQ(left.front().post.value.text(), "head");
}

TEST_F(EdgeCases, E12WhatWasDueBeforeTheModuleCameIsNeverRed) {
  for (const bool begun : {false, true}) {
    const Progress before{make_date(2026, 1, 31), true, begun, {}, false};
    for (int day = 1; day < 1000; day += 7) {
      EXPECT_NE(light_of(before, make_date(2025, 12, 1) + std::chrono::days(day), 5), Light::Red);
    }
  }
}

class NilReports : public TaskCourse {
 protected:
  NilReports() {
    const Json boolean{{"type", "boolean"}};
    type_ = world_.type_with(
        {{"schema", {{"properties", {{"nothing", boolean}}}}},
         {"nil_report", {{"field", "nothing"}, {"instead_of", {"arrangements", "fulfilment", "problems",
                                                               "rectification", "next_steps"}}}}});
  }

  base::Result<void> draft_of(const Json& content) {
    return carry_out(plan_draft(type_, owed_, content, world_.actor(kClerk), planning()));
  }
};

TEST_F(NilReports, E9AReportThatThereIsNothingToReportFulfilsTheObligation) {
  ASSERT_THAT(draft_of({{"title", "零报告"}, {"nothing", true}}), Done());
  ASSERT_THAT(step(kClerk, {"submit", ""}), Done());
  ASSERT_THAT(step(kPrincipal, {"approve", ""}), Done());
  EXPECT_EQ(record_.state, "dispatched");
  EXPECT_TRUE(is_nil_report(type_, record_.content));
}

TEST_F(NilReports, E9ABlankReportIsNoNilReport) {
  ASSERT_THAT(draft_of({{"title", "空白"}, {"nothing", false}}), Done());
  EXPECT_THAT(step(kClerk, {"submit", ""}), RefusedWith(Code::StepNeedsField));
}

TEST_F(NilReports, E9NothingToReportAndSomethingReportedContradictEachOther) {
  const auto refused = draft_of({{"nothing", true}, {"problems", "有问题"}});
  ASSERT_THAT(refused, RefusedWith(Code::RecordFieldInvalid));
  EXPECT_EQ(refused.error().where.pointer, "/problems");
}

}  // namespace
}  // namespace zeren::records
