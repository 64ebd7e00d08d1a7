#include "org/organisation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

#include "unit/org/written_organisation.hpp"

namespace zeren::org {
namespace {

using base::from_millis;
using base::make_date;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Organisation, FindsNothingInNothing) {
  const auto org = Organisation::make({}, kToday);
  EXPECT_EQ(org->unit_by_code("x"), nullptr);
  EXPECT_EQ(org->unit(UnitId{"x"}), nullptr);
  EXPECT_EQ(org->person(PersonId{"x"}), nullptr);
  EXPECT_EQ(org->post(PostId{"x"}), nullptr);
  EXPECT_THAT(org->units({kToday}), IsEmpty());
  EXPECT_THAT(org->subtree(RelationKind::PartySuperior, UnitId{"x"}), IsEmpty());
  EXPECT_THAT(org->related(UnitId{"x"}, RelationKind::SameLevel, Direction::Forward, {kToday}),
              IsEmpty());
  EXPECT_EQ(org->epoch(), 0);
}

TEST(Organisation, SubtreesAreOfToday) {
  const base::Period past{make_date(2019, 1, 1), make_date(2024, 1, 1)};
  const auto org = Rows()
                       .unit("a")
                       .unit("b")
                       .unit("c")
                       .unit("gone", past)
                       .relation("b", RelationKind::PartySuperior, "a")
                       .relation("c", RelationKind::PartySuperior, "a", past)
                       .relation("gone", RelationKind::PartySuperior, "a")
                       .make(kToday);
  EXPECT_THAT(org->subtree(RelationKind::PartySuperior, UnitId{"a"}),
              ElementsAre(UnitId{"a"}, UnitId{"b"}));
  EXPECT_THAT(org->subtree(RelationKind::DisciplineSuperior, UnitId{"a"}),
              ElementsAre(UnitId{"a"}));
  EXPECT_THAT(org->subtree(RelationKind::SameLevel, UnitId{"a"}), ElementsAre(UnitId{"a"}));
}

TEST(Organisation, RelatedFollowsEdgesBothWaysOnTheDateAsked) {
  const auto org = Rows()
                       .unit("a")
                       .unit("b")
                       .unit("c")
                       .relation("c", RelationKind::StationedAt, "b",
                                 {make_date(2020, 1, 1), make_date(2021, 1, 1)})
                       .relation("c", RelationKind::StationedAt, "a")
                       .make(kToday);
  const auto at = [&](const char* code, Direction direction, base::Date date) {
    return org->related(UnitId{code}, RelationKind::StationedAt, direction, {date});
  };
  EXPECT_THAT(at("c", Direction::Forward, make_date(2020, 6, 1)),
              ElementsAre(UnitId{"a"}, UnitId{"b"}));
  EXPECT_THAT(at("c", Direction::Forward, make_date(2021, 1, 1)), ElementsAre(UnitId{"a"}))
      << "the end is the first day that no longer counts";
  EXPECT_THAT(at("b", Direction::Backward, make_date(2020, 1, 1)), ElementsAre(UnitId{"c"}));
  EXPECT_THAT(at("b", Direction::Forward, make_date(2020, 6, 1)), IsEmpty());
}

TEST(Organisation, AnswersAsWasKnownThen) {
  const auto org = Rows()
                       .unit("a")
                       .unit("b")
                       .relation("b", RelationKind::PartySuperior, "a")
                       .known(1000, 2000)
                       .make(kToday);
  const auto known = [&](std::int64_t millis) {
    return org->related(UnitId{"b"}, RelationKind::PartySuperior, Direction::Forward,
                        {kToday, from_millis(millis)});
  };
  EXPECT_THAT(known(999), IsEmpty());
  EXPECT_THAT(known(1000), ElementsAre(UnitId{"a"}));
  EXPECT_THAT(known(1999), ElementsAre(UnitId{"a"}));
  EXPECT_THAT(known(2000), IsEmpty());
  EXPECT_THAT(org->superiors(RelationKind::PartySuperior, UnitId{"b"}), IsEmpty());
}

TEST(Organisation, HoldersStandWithTheFormalOneFirst) {
  const base::Period until{make_date(2019, 1, 1), make_date(2025, 1, 1)};
  const auto org = Rows()
                       .unit("a")
                       .post("a-1", "a", "PRINCIPAL")
                       .post("a-2", "a", "MEMBER")
                       .held("stand-in", "a-1", "acting")
                       .held("chief", "a-1", "formal", until)
                       .held("member", "a-2", "formal")
                       .make(kToday);
  EXPECT_THAT(people(org->holders_of(UnitId{"a"}, "PRINCIPAL", {make_date(2024, 12, 31)})),
              ElementsAre("chief", "stand-in"));
  EXPECT_THAT(people(org->holders_of(UnitId{"a"}, "PRINCIPAL", {kToday})), ElementsAre("stand-in"));
  EXPECT_THAT(people(org->holders_of(UnitId{"a"}, "STAFF", {kToday})), IsEmpty());
}

TEST(Organisation, TheTeamIsWrittenByRankWithoutStaff) {
  const auto org = Rows()
                       .unit("a")
                       .post("a-clerk", "a", "STAFF")
                       .post("a-m", "a", "MEMBER")
                       .post("a-p", "a", "PRINCIPAL")
                       .post("a-g", "a", "GOV_PRINCIPAL")
                       .held("clerk", "a-clerk", "formal")
                       .held("member", "a-m", "formal")
                       .held("chief", "a-p", "in_charge")
                       .held("mayor", "a-g", "formal")
                       .make(kToday);
  EXPECT_THAT(people(org->team_of(UnitId{"a"}, {kToday})), ElementsAre("chief", "mayor", "member"));
}

TEST(Organisation, AppointmentsOfAPersonAreThoseOfTheDate) {
  const auto org = Rows()
                       .unit("a")
                       .unit("b")
                       .post("a-m", "a", "MEMBER")
                       .post("b-p", "b", "PRINCIPAL")
                       .held("x", "a-m", "concurrent")
                       .held("x", "b-p", "formal")
                       .held("x", "a-m", "formal", {make_date(2018, 1, 1), make_date(2019, 1, 1)})
                       .make(kToday);
  const auto now = org->appointments_of(PersonId{"x"}, {kToday});
  ASSERT_EQ(now.size(), 2U);
  EXPECT_EQ(now[0]->post, PostId{"b-p"});
  EXPECT_EQ(now[1]->mode, "concurrent");
  EXPECT_EQ(org->appointments_of(PersonId{"x"}, {make_date(2018, 6, 1)}).size(), 1U);
}

TEST(Organisation, AUnitStandsUnderTwoLinesAtOnce) {
  const auto org = Rows()
                       .unit("county-cdi")
                       .unit("county")
                       .unit("city-cdi")
                       .relation("county-cdi", RelationKind::PartySuperior, "county")
                       .relation("county-cdi", RelationKind::DisciplineSuperior, "city-cdi")
                       .make(kToday);
  const UnitId commission{"county-cdi"};
  EXPECT_THAT(org->superiors(RelationKind::PartySuperior, commission),
              ElementsAre(UnitId{"county"}));
  EXPECT_THAT(org->superiors(RelationKind::DisciplineSuperior, commission),
              ElementsAre(UnitId{"city-cdi"}));
  EXPECT_TRUE(org->hierarchy(RelationKind::PartySuperior).contains(UnitId{"county"}, commission));
  EXPECT_FALSE(
      org->hierarchy(RelationKind::DisciplineSuperior).contains(UnitId{"county"}, commission));
}

TEST(Organisation, AGroupIsStationedAtSeveralUnitsEachForItsTime) {
  const auto org = Rows()
                       .unit("group")
                       .unit("finance")
                       .unit("audit")
                       .unit("housing")
                       .relation("group", RelationKind::StationedAt, "finance")
                       .relation("group", RelationKind::StationedAt, "audit",
                                 {make_date(2020, 1, 1), base::kForever})
                       .relation("group", RelationKind::StationedAt, "housing",
                                 {make_date(2019, 1, 1), make_date(2020, 1, 1)})
                       .make(kToday);
  const auto hosts = [&](base::Date date) {
    return org->related(UnitId{"group"}, RelationKind::StationedAt, Direction::Forward, {date});
  };
  EXPECT_THAT(hosts(make_date(2019, 12, 31)), ElementsAre(UnitId{"finance"}, UnitId{"housing"}));
  EXPECT_THAT(hosts(kToday), ElementsAre(UnitId{"audit"}, UnitId{"finance"}));
  EXPECT_THAT(org->related(UnitId{"audit"}, RelationKind::StationedAt, Direction::Backward,
                           {kToday}),
              ElementsAre(UnitId{"group"}));
}

TEST(Organisation, OnePersonHoldsSeveralPostsInSeveralUnits) {
  const auto org = Rows()
                       .unit("city")
                       .unit("county")
                       .post("city-member", "city", "MEMBER")
                       .post("county-principal", "county", "PRINCIPAL")
                       .held("x", "county-principal", "formal")
                       .held("x", "city-member", "concurrent")
                       .make(kToday);
  EXPECT_THAT(people(org->team_of(UnitId{"city"}, {kToday})), ElementsAre("x"));
  EXPECT_THAT(people(org->team_of(UnitId{"county"}, {kToday})), ElementsAre("x"));
  EXPECT_EQ(org->appointments_of(PersonId{"x"}, {kToday}).size(), 2U);
}

// All below `root` today, by walking the dated edges.
std::set<UnitId> walk_down(const Organisation& org, RelationKind kind, const UnitId& root) {
  std::set<UnitId> seen{root};
  std::vector<UnitId> open{root};
  while (!open.empty()) {
    const auto unit = open.back();
    open.pop_back();
    for (const auto& below : org.related(unit, kind, Direction::Backward, {org.today()})) {
      if (seen.insert(below).second) open.push_back(below);
    }
  }
  return seen;
}

std::shared_ptr<const Organisation> random_organisation(std::uint32_t seed) {
  std::mt19937 dice(seed);
  Rows rows;
  const auto size = 2 + dice() % 30;
  for (std::uint32_t i = 0; i < size; ++i) {
    const auto code = "u" + std::to_string(i);
    rows.unit(code, dice() % 8 == 0 ? base::Period{kAlways.from, make_date(2025, 1, 1)} : kAlways);
    for (const auto kind : {RelationKind::PartySuperior, RelationKind::DisciplineSuperior}) {
      if (i == 0 || dice() % 5 == 0) continue;
      // One superior after the other; the change may still lie ahead.
      const auto change = make_date(2020 + static_cast<int>(dice() % 9), 1, 1);
      const auto superior = [&] { return "u" + std::to_string(dice() % i); };
      rows.relation(code, kind, superior(), {kAlways.from, change});
      rows.relation(code, kind, superior(), {change, base::kForever});
    }
  }
  return rows.make(kToday);
}

TEST(Organisation, LabelsOfEachKindAgreeWithItsDatedEdges) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto org = random_organisation(seed);
    for (const auto kind : {RelationKind::PartySuperior, RelationKind::DisciplineSuperior}) {
      for (const auto* unit : org->units({kToday})) {
        const auto range = org->subtree(kind, unit->id);
        EXPECT_EQ(std::set<UnitId>(range.begin(), range.end()), walk_down(*org, kind, unit->id));
      }
    }
  }
}

}  // namespace
}  // namespace zeren::org
