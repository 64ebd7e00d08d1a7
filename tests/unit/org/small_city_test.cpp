// The small city is good, and is what other tests take it for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fixtures/small_city_texts.hpp"
#include "org/code_tables.hpp"
#include "org/path.hpp"
#include "unit/org/recorded_organisation.hpp"

namespace zeren::org {
namespace {

using fixtures::small_city_texts;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class SmallCity : public RecordedOrganisation {
 protected:
  void SetUp() override {
    RecordedOrganisation::SetUp();
    import(small_city_texts());
  }

  std::vector<std::string> codes(const std::vector<UnitId>& units) const {
    std::vector<std::string> result;
    for (const auto& id : units) result.push_back(org().unit(id)->code);
    return result;
  }

  std::vector<std::string> follow(const char* path, std::string_view from) const {
    return codes(Path::parse(path).value().evaluate(org(), unit(from), {kToday}));
  }
};

TEST_F(SmallCity, ImportsAgainWithoutAChange) {
  const auto again = plan(small_city_texts());
  ASSERT_TRUE(again.has_value());
  EXPECT_THAT(again->rows, IsEmpty());
}

TEST_F(SmallCity, EveryUnitHasAHeadAndAClerk) {
  const auto units = org().units({kToday});
  EXPECT_THAT(units, SizeIs(25));
  for (const auto* each : units) {
    const auto heads = org().holders_of(each->id, "PRINCIPAL", {kToday}).size() +
                       org().holders_of(each->id, "DISC_HEAD", {kToday}).size();
    EXPECT_EQ(heads, 1U) << each->code;
    const auto clerks = org().holders_of(each->id, "STAFF", {kToday});
    ASSERT_THAT(clerks, SizeIs(1)) << each->code;
    EXPECT_EQ(org().post(clerks[0]->post)->code, each->code + "-clerk");
  }
}

TEST_F(SmallCity, DualReportsFindTheirRecipients) {
  EXPECT_THAT(follow("party_superior", "yunxiu"), ElementsAre("qinglan"));
  EXPECT_THAT(follow("party_superior/^same_level", "yunxiu"), ElementsAre("qinglan-cdi"));
  EXPECT_THAT(follow("party_superior/^same_level", "qinglan-finance"), ElementsAre("qinglan-cdi"));
  EXPECT_THAT(follow("same_level|stationed_at", "yunxiu-baitan-cdi"), ElementsAre("yunxiu-baitan"));
  EXPECT_THAT(follow("same_level|stationed_at", "qinglan-finance-group"),
              ElementsAre("qinglan-audit", "qinglan-finance"));
  EXPECT_THAT(follow("discipline_superior", "qinglan-finance-group"), ElementsAre("qinglan-cdi"));
}

TEST_F(SmallCity, BothHierarchiesReachFromProvinceToTown) {
  EXPECT_EQ(codes(org().superiors(RelationKind::PartySuperior, unit("yunxiu-baitan"))),
            (std::vector<std::string>{"yunxiu", "qinglan", "lanjiang"}));
  EXPECT_THAT(org().subtree(RelationKind::PartySuperior, unit("lanjiang")), SizeIs(14));
  EXPECT_THAT(org().subtree(RelationKind::DisciplineSuperior, unit("lanjiang-cdi")), SizeIs(11));
  EXPECT_THAT(org().subtree(RelationKind::PartySuperior, unit("yunxiu")), SizeIs(3));
}

TEST_F(SmallCity, RemembersTheFormerSecretary) {
  const auto secretary = [this](base::Date date) {
    const auto holders = org().holders_of(unit("qinglan"), "PRINCIPAL", {date});
    return holders.size() == 1 ? org().person(holders[0]->person)->code : std::string();
  };
  EXPECT_EQ(secretary(base::make_date(2023, 6, 19)), "p-005");
  EXPECT_EQ(secretary(base::make_date(2023, 6, 20)), "p-006");
}

TEST_F(SmallCity, APortfolioPassedOnIsFoundOnBothSidesOfTheDay) {
  const auto covering = [this](base::Date date) {
    const auto found = org().covering(unit("qinglan-housing"), {date});
    return found.size() == 1 ? org().person(found[0]->person)->code : std::string();
  };
  EXPECT_EQ(covering(base::make_date(2024, 2, 29)), "p-007");
  EXPECT_EQ(covering(base::make_date(2024, 3, 1)), "p-009");
  EXPECT_THAT(codes(org().portfolio_of(org().person_by_code("p-007")->id, {kToday})),
              ElementsAre("qinglan-audit", "qinglan-finance"));
}

TEST_F(SmallCity, HoldsAnActingHeadAndAConcurrentPost) {
  const auto head = org().holders_of(unit("qinglan-education"), "PRINCIPAL", {kToday});
  ASSERT_THAT(head, SizeIs(1));
  EXPECT_EQ(head[0]->mode, "in_charge");
  const auto county = org().holders_of(unit("yunxiu"), "PRINCIPAL", {kToday});
  ASSERT_THAT(county, SizeIs(1));
  const auto posts = org().appointments_of(county[0]->person, {kToday});
  ASSERT_THAT(posts, SizeIs(2));
  EXPECT_EQ(posts[1]->mode, "concurrent");
  EXPECT_EQ(org().post(posts[1]->post)->unit, unit("qinglan"));
}

}  // namespace
}  // namespace zeren::org
