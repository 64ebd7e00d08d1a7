// Who owes what to whom by when in the demonstration organisation, and what a run of it changes.
#include "records/obligation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "audit/derived_digest.hpp"
#include "base/messages.hpp"
#include "records/light.hpp"
#include "records/obligation_merge.hpp"
#include "records/obligation_rows.hpp"
#include "unit/records/dual_reports.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::make_date;
using fixtures::kYear2026;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ObligationTest : public testing::Test {
 protected:
  std::vector<std::string> recipients(const std::string& owner) const {
    std::vector<std::string> all;
    for (const auto& to : world_.owed_by(owner).recipients) {
      for (const auto& code : world_.codes(to.units)) all.push_back(to.key + "=" + code);
    }
    return all;
  }

  std::set<std::string> owners(const std::string& rule) const {
    std::set<std::string> codes;
    for (const auto& obligation : world_.derived()) {
      if (obligation.rule == rule) codes.insert(world_.organisation().unit(obligation.owner)->code);
    }
    return codes;
  }

  // Derives, writes, and compares the digest with the table's.
  DerivationPlan run(const std::vector<Obligation>& derived,
                     const base::Period& window = kYear2026) {
    auto plan = *plan_derivation(*load_obligations(world_.session()), derived, window);
    store::ChangeSet change;
    change.rows = plan.rows;
    world_.must_commit(change);
    EXPECT_EQ(audit::table_digest(world_.session(), audit::kDerivedTable).value(), plan.digest);
    return plan;
  }

  fixtures::DualReports world_;
};

TEST_F(ObligationTest, CommitteesAndGroupsBelowTheIssuerOweTheFirstReport) {
  EXPECT_EQ(owners("DR1"),
            (std::set<std::string>{"qinglan-finance", "qinglan-education", "qinglan-housing",
                                   "qinglan-audit", "qinglan-hitech", "yunxiu", "yunxiu-baitan",
                                   "yunxiu-songling", "wangchuan", "wangchuan-shuangqiao",
                                   "wangchuan-hutou", "wangchuan-heyan"}));
}

TEST_F(ObligationTest, CommissionsAndStationedGroupsBelowTheIssuerOweTheSecond) {
  EXPECT_EQ(owners("DR2"),
            (std::set<std::string>{"qinglan-cdi", "qinglan-finance-group", "qinglan-hitech-cdi",
                                   "yunxiu-cdi", "yunxiu-baitan-cdi", "yunxiu-songling-cdi",
                                   "wangchuan-cdi", "wangchuan-shuangqiao-cdi",
                                   "wangchuan-hutou-cdi", "wangchuan-heyan-cdi"}));
}

TEST_F(ObligationTest, EachGoesToTwoBodiesAtOnce) {
  EXPECT_THAT(recipients("yunxiu"),
              ElementsAre("superior_commission=qinglan-cdi", "superior_committee=qinglan"));
  EXPECT_THAT(recipients("qinglan-finance"),
              ElementsAre("superior_commission=qinglan-cdi", "superior_committee=qinglan"));
  EXPECT_THAT(recipients("qinglan-cdi"),
              ElementsAre("same_level_committee=qinglan", "superior_commission=lanjiang-cdi"));
  EXPECT_THAT(recipients("yunxiu-baitan-cdi"),
              ElementsAre("same_level_committee=yunxiu-baitan", "superior_commission=yunxiu-cdi"));
}

TEST_F(ObligationTest, AStationedGroupReportsToEveryHost) {
  EXPECT_THAT(recipients("qinglan-finance-group"),
              ElementsAre("same_level_committee=qinglan-audit",
                          "same_level_committee=qinglan-finance",
                          "superior_commission=qinglan-cdi"));
}

TEST_F(ObligationTest, IsDueForTheYearBefore) {
  for (const auto& obligation : world_.derived()) {
    EXPECT_EQ(obligation.due, make_date(2026, 1, 31));
    EXPECT_EQ(obligation.period, "2025");
    EXPECT_EQ(obligation.occurrence, 1);
    EXPECT_EQ(obligation.rule_version, 0);
  }
}

TEST_F(ObligationTest, NobodyAboveTheIssuerIsBoundAndAHigherIssuerBindsMore) {
  const auto province = world_.derived({}, kYear2026, "lanjiang");
  EXPECT_THAT(province, SizeIs(22U + 2U));  // the city committee and the provincial commission as well
  EXPECT_THAT(world_.derived({}, kYear2026, "yunxiu-baitan"), SizeIs(1));
}

TEST_F(ObligationTest, EachYearOfTheWindowHasItsOwn) {
  const auto two = world_.derived({}, {make_date(2026, 1, 31), make_date(2027, 2, 1)});
  EXPECT_THAT(two, SizeIs(2U * 22U));
  std::set<std::string> ids;
  for (const auto& obligation : two) ids.insert(obligation.id);
  EXPECT_THAT(ids, SizeIs(two.size()));
}

TEST_F(ObligationTest, KeepsItsIdWhenItsDateMoves) {
  const auto before = world_.derived();
  const auto after = world_.derived({world_.due("qinglan", 15, 4)});
  ASSERT_EQ(before.size(), after.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(before[i].id, after[i].id);
    EXPECT_EQ(after[i].due, make_date(2026, 1, 15));
    EXPECT_EQ(after[i].rule_version, 4);
  }
}

TEST_F(ObligationTest, OneADayIsTheMostAYearMayAskFor) {
  rules::Layer daily = world_.due("qinglan", 1);
  daily.value = "FREQ=DAILY";
  const auto derived = derive(world_.rules().front(), world_.book({daily}), world_.organisation(),
                              world_.calendar(), world_.unit("qinglan"), kYear2026);
  ASSERT_TRUE(derived.has_value());
  EXPECT_EQ(derived->obligations.back().occurrence, 365);
}

TEST_F(ObligationTest, AFreeDayMovesTheDateAndNothingElse) {
  auto previous = world_.due("qinglan", 31);
  previous.parameter = "calendar_policy";
  previous.value = "PREV_WORKDAY";
  const auto plain = world_.derived();
  const auto moved = world_.derived({previous});
  ASSERT_EQ(plain.size(), moved.size());
  for (std::size_t i = 0; i < plain.size(); ++i) {
    EXPECT_EQ(moved[i].due, make_date(2026, 1, 30));  // the 31st is a Saturday
    EXPECT_EQ(moved[i].id, plain[i].id);
    EXPECT_EQ(moved[i].period, plain[i].period);
  }
}

TEST_F(ObligationTest, ADateCarriedIntoTheNextYearKeepsItsPeriod) {
  auto december = world_.due("qinglan", 31);
  december.value = "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31";
  auto next = december;
  next.parameter = "calendar_policy";
  next.value = "NEXT_WORKDAY";
  const base::Period early{make_date(2029, 1, 1), make_date(2029, 1, 15)};
  const auto derived = world_.derived({december, next}, early);
  ASSERT_THAT(derived, SizeIs(22));  // of 31 December 2028, a Sunday
  EXPECT_EQ(derived.front().due, make_date(2029, 1, 1));
  EXPECT_EQ(derived.front().period, "2027");
  EXPECT_EQ(derived.front().occurrence, 1);
}

TEST_F(ObligationTest, ARuleThatBeginsLaterLeavesThePastAlone) {
  auto later = world_.due("qinglan", 15, 2);
  later.valid_from = make_date(2026, 6, 1);
  const auto two = world_.derived({world_.due("qinglan", 31), later},
                                  {make_date(2026, 1, 1), make_date(2028, 1, 1)});
  for (const auto& obligation : two) {
    const bool past = base::year_of(obligation.due) == 2026;
    EXPECT_EQ(obligation.due, past ? make_date(2026, 1, 31) : make_date(2027, 1, 15));
    EXPECT_EQ(obligation.rule_version, past ? 1 : 2);
  }
}

TEST_F(ObligationTest, TheFirstRunAddsAllAndTheSecondNothing) {
  const auto first = run(world_.derived());
  EXPECT_EQ(first.added, 22U);
  const auto second = run(world_.derived());
  EXPECT_THAT(second.rows, IsEmpty());
  EXPECT_EQ(second.digest, first.digest);
  EXPECT_THAT(*load_obligations(world_.session()), SizeIs(22));
}

TEST_F(ObligationTest, ReadsBackWhatItWrote) {
  run(world_.derived());
  const auto wanted = world_.owed_by("qinglan-finance-group");
  EXPECT_EQ(load_obligation(world_.session(), wanted.id).value(), wanted);
  const auto unknown = load_obligation(world_.session(), "no-such-id");
  EXPECT_EQ(unknown.error().code, Code::ObligationUnknown);
}

TEST_F(ObligationTest, ATighterDateOfOneCountyMovesItsOwnOnly) {
  run(world_.derived());
  const auto moved = run(world_.derived({world_.due("yunxiu", 10)}));
  EXPECT_EQ(moved.added + moved.superseded, 0U);
  EXPECT_EQ(moved.moved, 6U);  // the county, two towns, and their commissions
  EXPECT_EQ(load_obligation(world_.session(), world_.owed_by("yunxiu-baitan").id)->due,
            make_date(2026, 1, 10));
}

TEST_F(ObligationTest, WhatIsAskedForNoLongerIsSupersededAndStays) {
  run(world_.derived());
  const auto gone = run(world_.derived({}, kYear2026, "yunxiu"));
  EXPECT_EQ(gone.superseded, 22U - 5U);  // two towns and three commissions are left
  const auto standing = *load_obligations(world_.session());
  EXPECT_THAT(standing, SizeIs(22));
  EXPECT_TRUE(load_obligation(world_.session(), world_.owed_by("wangchuan").id)->superseded);
  EXPECT_THAT(run(world_.derived({}, kYear2026, "yunxiu")).rows, IsEmpty());
}

TEST_F(ObligationTest, WhatIsAskedForAgainOpensAgain) {
  const auto first = run(world_.derived());
  run({});
  const auto again = run(world_.derived());
  EXPECT_EQ(again.moved, 22U);
  EXPECT_EQ(again.digest, first.digest);
}

TEST_F(ObligationTest, ADateThatMovesOutOfTheWindowMovesAndIsNotLost) {
  run(world_.derived());
  const base::Period from_the_15th{make_date(2026, 1, 15), make_date(2027, 1, 1)};
  const auto moved = run(world_.derived({world_.due("yunxiu", 10)}), from_the_15th);
  EXPECT_EQ(moved.added + moved.superseded, 0U);
  EXPECT_EQ(load_obligation(world_.session(), world_.owed_by("yunxiu-baitan").id)->due,
            make_date(2026, 1, 10));
}

TEST_F(ObligationTest, NothingOutsideTheWindowIsAdded) {
  EXPECT_THAT(run(world_.derived(), {make_date(2027, 1, 1), make_date(2028, 1, 1)}).rows, IsEmpty());
}

TEST_F(ObligationTest, NothingOutsideTheWindowChanges) {
  run(world_.derived());
  EXPECT_THAT(run({}, {make_date(2027, 1, 1), make_date(2028, 1, 1)}).rows, IsEmpty());
}

struct Shown {
  const char* what;
  Progress progress;
  Light light;
};

TEST(Light, IsWhatTheProgressSays) {
  const auto due = make_date(2026, 1, 31);
  const auto early = make_date(2026, 1, 30);
  const auto late = make_date(2026, 2, 1);
  const auto far = make_date(2026, 3, 31);
  const auto today = make_date(2026, 2, 1);
  const std::vector<Shown> table = {
      {"far off", {far, false, false, {}, false}, Light::Grey},
      {"far off and begun", {far, false, true, {}, false}, Light::Blue},
      {"due in five days", {make_date(2026, 2, 6), false, false, {}, false}, Light::Yellow},
      {"due in six days", {make_date(2026, 2, 7), false, false, {}, false}, Light::Grey},
      {"due today", {today, false, true, {}, false}, Light::Yellow},
      {"due yesterday", {due, false, false, {}, false}, Light::Red},
      {"due yesterday, begun", {due, false, true, {}, false}, Light::Red},
      {"delivered on the day, not complete", {due, false, true, due, false}, Light::Blue},
      {"delivered late, not complete", {due, false, true, late, false}, Light::Red},
      {"complete in time", {due, false, true, early, true}, Light::Green},
      {"complete, delivered on the last day", {due, false, true, due, true}, Light::Green},
      {"complete, delivered late", {due, false, true, late, true}, Light::Purple},
      {"before the module came", {due, true, false, {}, false}, Light::Grey},
      {"before the module came, begun", {due, true, true, {}, false}, Light::Blue},
  };
  for (const auto& row : table) {
    EXPECT_EQ(name_of(light_of(row.progress, today, 5)), name_of(row.light)) << row.what;
  }
}

TEST(Light, HasANameAndAColourInBothLanguages) {
  for (const auto light :
       {Light::Grey, Light::Blue, Light::Yellow, Light::Red, Light::Green, Light::Purple}) {
    const auto& entry = light_catalogue().at(std::string(name_of(light)));
    EXPECT_EQ(entry.at("colour").get<std::string>().front(), '#');
    EXPECT_FALSE(entry.at("title").at("en").get<std::string>().empty());
    EXPECT_FALSE(entry.at("title").at("zh-CN").get<std::string>().empty());
  }
}

}  // namespace
}  // namespace zeren::records
