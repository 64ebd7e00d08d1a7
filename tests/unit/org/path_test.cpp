#include "org/path.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "base/messages.hpp"

namespace zeren::org {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr base::Date kOn = base::Date{std::chrono::year{2026} / 3 / 1};

// city and county, each with its commission (`-c`); a group of the city's, stationed at two
// offices.
std::shared_ptr<const Organisation> small_city() {
  OrganisationRows rows;
  const base::Period always{base::make_date(2019, 1, 1), base::kForever};
  for (const std::string code :
       {"city", "city-c", "county", "county-c", "finance", "audit", "group"}) {
    rows.units.push_back({Unit{{code}, code, code, code, "city", "department", always},
                          1,
                          base::from_millis(0),
                          {}});
  }
  const auto relate = [&](const std::string& from, RelationKind kind, const std::string& to) {
    rows.relations.push_back(
        {Relation{{from + to}, {from}, {to}, kind, always}, 1, base::from_millis(0), {}});
  };
  relate("city-c", RelationKind::SameLevel, "city");
  relate("county-c", RelationKind::SameLevel, "county");
  relate("county", RelationKind::PartySuperior, "city");
  relate("finance", RelationKind::PartySuperior, "city");
  relate("audit", RelationKind::PartySuperior, "city");
  relate("county-c", RelationKind::DisciplineSuperior, "city-c");
  relate("group", RelationKind::DisciplineSuperior, "city-c");
  relate("group", RelationKind::StationedAt, "finance");
  relate("group", RelationKind::StationedAt, "audit");
  return Organisation::make(std::move(rows), kOn);
}

std::vector<std::string> follow(const char* text, const char* from) {
  const auto path = Path::parse(text);
  EXPECT_TRUE(path.has_value()) << base::text_of(path.error());
  if (!path) return {};
  std::vector<std::string> codes;
  for (const auto& unit : path->evaluate(*small_city(), UnitId{from}, {kOn})) {
    codes.push_back(unit.value);
  }
  return codes;
}

TEST(Path, FollowsOneRelationEitherWay) {
  EXPECT_THAT(follow("party_superior", "county"), ElementsAre("city"));
  EXPECT_THAT(follow("^party_superior", "city"), ElementsAre("audit", "county", "finance"));
  EXPECT_THAT(follow("party_superior", "city"), IsEmpty());
}

TEST(Path, LeadsFromACommitteeToTheCommissionAbove) {
  EXPECT_THAT(follow("party_superior/^same_level", "county"), ElementsAre("city-c"));
}

TEST(Path, LeadsFromACommissionOrAGroupToItsCommitteeOrHosts) {
  EXPECT_THAT(follow("same_level|stationed_at", "county-c"), ElementsAre("county"));
  EXPECT_THAT(follow(" same_level | stationed_at ", "group"), ElementsAre("audit", "finance"));
}

TEST(Path, BindsInverseBeforeSequenceBeforeAlternative) {
  EXPECT_THAT(follow("party_superior/^same_level|party_superior", "county"),
              ElementsAre("city", "city-c"));
  EXPECT_THAT(follow("party_superior/(^same_level|^party_superior)", "county"),
              ElementsAre("audit", "city-c", "county", "finance"));
}

TEST(Path, InverseOfAGroupIsTheGroupBackwards) {
  EXPECT_THAT(follow("^(party_superior/^same_level)", "city-c"),
              ElementsAre("audit", "county", "finance"));
  EXPECT_THAT(follow("same_level/^party_superior", "city-c"),
              ElementsAre("audit", "county", "finance"));
  EXPECT_THAT(follow("^(same_level|discipline_superior)", "city-c"),
              ElementsAre("county-c", "group"));
}

TEST(Path, NamesEachUnitOnceThoughManyWaysLeadThere) {
  EXPECT_THAT(follow("stationed_at/party_superior", "group"), ElementsAre("city"));
}

// A path of up to `depth` groups, any of its parts backwards.
// NOLINTNEXTLINE(misc-no-recursion): as deep as asked
std::string random_path(std::mt19937& dice, int depth) {
  const auto roll = [&](unsigned below) { return dice() % below; };
  const char* kinds[] = {"party_superior", "discipline_superior", "same_level", "stationed_at", "successor"};
  const std::string caret = roll(2) == 0 ? "^" : "";
  if (depth == 0) return caret + kinds[roll(5)];
  return caret + "(" + random_path(dice, depth - 1) + (roll(2) == 0 ? "/" : "|") + random_path(dice, depth - 1) + ")";
}

// Units and relations that began and ended, some of them before the day that is asked about.
std::shared_ptr<const Organisation> random_country(std::mt19937& dice, int units) {
  OrganisationRows rows;
  const auto span = [&] {
    const auto from = kOn - std::chrono::days(100) + std::chrono::days(dice() % 105);
    return base::Period{from, dice() % 4 == 0 ? from + std::chrono::days(dice() % 120) : base::kForever};
  };
  for (int i = 0; i < units; ++i) {
    const auto code = "u" + std::to_string(i);
    rows.units.push_back({Unit{{code}, code, code, code, "city", "department", span()}, 1, base::from_millis(0), {}});
  }
  for (int i = 0; i < 4 * units; ++i) {
    const auto unit = [&] { return UnitId{"u" + std::to_string(dice() % static_cast<unsigned>(units))}; };
    const auto kind = static_cast<RelationKind>(dice() % 5);
    rows.relations.push_back(
        {Relation{{std::to_string(i)}, unit(), unit(), kind, span(), kind == RelationKind::Successor ? "merged" : ""},
         1, base::from_millis(0), {}});
  }
  return Organisation::make(std::move(rows), kOn);
}

TEST(Path, BackwardsItLeadsFromEveryUnitThatItLeadsToAndFromNoOther) {
  std::mt19937 dice(20260301);
  constexpr int kStanding = 12;
  int ways = 0;
  for (int round = 0; round < 60; ++round) {
    const auto country = random_country(dice, kStanding);
    const auto text = random_path(dice, static_cast<int>(dice() % 4));
    const auto there = Path::parse(text).value();
    const auto back = there.inverse();
    for (int i = 0; i < kStanding * kStanding; ++i) {
      const UnitId from{"u" + std::to_string(i / kStanding)};
      const UnitId to{"u" + std::to_string(i % kStanding)};
      if (country->unit(from, {kOn}) == nullptr || country->unit(to, {kOn}) == nullptr) continue;
      const auto reached = there.evaluate(*country, from, {kOn});
      const bool leads = std::ranges::find(reached, to) != reached.end();
      ways += int{leads};
      EXPECT_EQ(leads, testing::Value(back.evaluate(*country, to, {kOn}), testing::Contains(from)))
          << text << " from " << from.value << " to " << to.value;
    }
  }
  EXPECT_GT(ways, 100) << "a country without ways proves nothing";
}

TEST(Path, LeadsNowhereFromAnUnknownUnitOrBeforeItsTime) {
  EXPECT_THAT(follow("party_superior", "atlantis"), IsEmpty());
  const auto path = Path::parse("party_superior").value();
  EXPECT_THAT(path.evaluate(*small_city(), UnitId{"county"}, {base::make_date(2018, 12, 31)}),
              IsEmpty());
}

struct BadPath {
  const char* text;
  int column;
  const char* remedy;
};

void PrintTo(const BadPath& bad, std::ostream* out) { *out << bad.text; }

class BadPaths : public testing::TestWithParam<BadPath> {};

TEST_P(BadPaths, AreRefusedAtTheCharacterThatIsWrong) {
  const auto path = Path::parse(GetParam().text, {"module.json", 7, 1, "/recipients"});
  ASSERT_FALSE(path.has_value());
  EXPECT_EQ(path.error().code, base::Code::ConfigInvalid);
  EXPECT_EQ(path.error().where, (base::Where{"module.json", 7, GetParam().column, "/recipients"}));
  EXPECT_THAT(base::text_of(path.error()), HasSubstr(GetParam().remedy));
}

INSTANTIATE_TEST_SUITE_P(
    , BadPaths,
    testing::Values(BadPath{"", 1, "expected one of party_superior, "},
                    BadPath{"boss", 1, "expected one of party_superior, "},
                    BadPath{"same_level/", 12, "expected one of"},
                    BadPath{"^^same_level", 2, "expected one of"},
                    BadPath{"(same_level", 12, "expected \")\""},
                    BadPath{"same_level)", 11, "expected \"/\", \"|\" or the end"},
                    BadPath{"same_level*", 11, "expected \"/\", \"|\" or the end"},
                    BadPath{"((((((((((((((((((((same_level", 18, "use fewer parentheses"}));

}  // namespace
}  // namespace zeren::org
