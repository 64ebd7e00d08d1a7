// Which value is in force for a unit, who says so, and which values a unit may set.
#include "rules/rule_book.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "fixtures/small_city_world.hpp"
#include "rules/roles.hpp"

namespace zeren::rules {
namespace {

using base::Code;
using base::Json;
using base::make_date;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::string january(int day) {
  return "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=" + std::to_string(day);
}

class RuleBookTest : public testing::Test {
 public:  // chained, and so called on a plain reference
  // `unit` says `value` from the first of `year` on.
  RuleBookTest& says(const std::string& unit, const std::string& parameter, Json value,
                     int year = 2020) {
    layers_.push_back({world_->unit(unit), parameter, std::move(value), "doc of " + unit,
                       make_date(year, 1, 1), next_version_++});
    return *this;
  }

 protected:
  static void SetUpTestSuite() { world_ = std::make_unique<fixtures::SmallCityWorld>(); }
  static void TearDownTestSuite() { world_.reset(); }

  RuleBook book() const {
    return {"reports",
            *read_parameters(Json::parse(
                R"({"due": {"type": "recurrence", "order": "earlier",
                            "default": "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31"},
                    "signers": {"type": "text_list", "order": "superset", "default": []},
                    "reply": {"type": "integer", "order": "rights", "default": 10},
                    "warn_days": {"type": "integer", "order": "free", "default": 5}})")),
            layers_};
  }

  Effective in_force(const std::string& parameter, const std::string& unit) const {
    return book().effective(parameter, world_->unit(unit), world_->organisation(), kOn);
  }

  std::string owner_of(const std::string& parameter, const std::string& unit) const {
    const auto* owner = world_->organisation().unit(in_force(parameter, unit).owner);
    return owner == nullptr ? "" : owner->code;
  }

  base::Result<std::vector<store::RowWrite>> set(const std::string& unit,
                                                 const std::string& parameter, Json value,
                                                 base::Date from = kOn) const {
    return book().plan_layer(
        {world_->unit(unit), parameter, std::move(value), "basis", from, 0},
        world_->organisation());
  }

  // Between mid and end of January, when some dates of the year have passed and others not.
  static constexpr base::Date kOn = base::Date{std::chrono::year{2026} / 1 / 22};
  static std::unique_ptr<fixtures::SmallCityWorld> world_;
  std::vector<Layer> layers_;
  std::int64_t next_version_ = 1;
};

std::unique_ptr<fixtures::SmallCityWorld> RuleBookTest::world_;

TEST_F(RuleBookTest, SaysTheModulesDefaultWhereNobodySetAnything) {
  const auto value = in_force("due", "yunxiu");
  EXPECT_EQ(value.value, january(31));
  EXPECT_EQ(value.owner, org::UnitId{});
  EXPECT_EQ(value.version, 0);
}

TEST_F(RuleBookTest, AnOrderedValueIsTheStrictestOnThePath) {
  says("lanjiang", "due", january(10)).says("qinglan", "due", january(25)).says("yunxiu", "due", january(20));
  EXPECT_EQ(owner_of("due", "yunxiu-baitan"), "lanjiang");
  const auto value = in_force("due", "yunxiu-baitan");
  EXPECT_EQ(value.value, january(10));
  EXPECT_EQ(value.basis, "doc of lanjiang");
  EXPECT_EQ(value.version, 1);
}

TEST_F(RuleBookTest, AnUnorderedValueIsTheNearest) {
  says("lanjiang", "warn_days", 30).says("qinglan", "warn_days", 10).says("yunxiu", "warn_days", 20);
  EXPECT_EQ(in_force("warn_days", "yunxiu-baitan").value, 20);
  EXPECT_EQ(in_force("warn_days", "qinglan-finance").value, 10);
  EXPECT_EQ(in_force("warn_days", "lanjiang-cdi").value, 30);
}

TEST_F(RuleBookTest, ALayerBindsNobodyBesideOrAbove) {
  says("yunxiu", "due", january(20));
  EXPECT_EQ(owner_of("due", "yunxiu-baitan-cdi"), "yunxiu");
  EXPECT_EQ(owner_of("due", "wangchuan"), "");
  EXPECT_EQ(owner_of("due", "qinglan"), "");
}

TEST_F(RuleBookTest, ALayerCountsFromItsFirstDay) {
  says("qinglan", "due", january(25)).says("qinglan", "due", january(15), 2027);
  const auto on = [&](base::Date date) {
    return book().effective("due", world_->unit("qinglan"), world_->organisation(), date).value;
  };
  EXPECT_EQ(on(make_date(2019, 12, 31)), january(31));
  EXPECT_EQ(on(make_date(2026, 12, 31)), january(25));
  EXPECT_EQ(on(make_date(2027, 1, 1)), january(15));
}

TEST_F(RuleBookTest, AStationedGroupStandsUnderBothItsLines) {
  const auto line = world_->codes(
      line_of(world_->organisation(), world_->unit("qinglan-finance-group"), {kOn}));
  EXPECT_EQ(line.front(), "qinglan-finance-group");
  for (const auto* above : {"qinglan-cdi", "qinglan-finance", "qinglan-audit", "qinglan", "lanjiang",
                            "lanjiang-cdi"}) {
    EXPECT_EQ(std::count(line.begin(), line.end(), above), 1) << above;
  }
  EXPECT_THAT(line, Not(Contains("qinglan-housing")));
  says("qinglan-cdi", "due", january(25)).says("qinglan-finance", "due", january(20));
  EXPECT_EQ(owner_of("due", "qinglan-finance-group"), "qinglan-finance");
}

TEST_F(RuleBookTest, RefusesLooseningAndNamesWhoseFloorItIs) {
  says("qinglan", "due", january(20));
  const auto planned = set("yunxiu", "due", january(25));
  ASSERT_FALSE(planned.has_value());
  EXPECT_EQ(planned.error().code, Code::ParameterLoosened);
  EXPECT_EQ(planned.error().args.at("owner"),
            world_->organisation().unit_by_code("qinglan")->name);
  EXPECT_EQ(planned.error().args.at("floor"), Json(january(20)).dump());
}

TEST_F(RuleBookTest, TheModulesDefaultIsNoFloor) {
  const auto february = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=15";
  EXPECT_TRUE(set("yunxiu", "due", february).has_value());
  says("yunxiu", "due", february);
  EXPECT_EQ(in_force("due", "yunxiu-baitan").value, february);
}

TEST_F(RuleBookTest, TheDefaultOfARightIsAFloorForEverybody) {
  const auto refused = set("lanjiang", "reply", 9);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::ParameterLoosened);
  EXPECT_EQ(refused.error().args.at("owner"), "reports");  // the module
  EXPECT_TRUE(set("lanjiang", "reply", 12).has_value());
  says("lanjiang", "reply", 12);
  EXPECT_FALSE(set("yunxiu", "reply", 11).has_value());
  EXPECT_EQ(in_force("reply", "yunxiu-baitan").value, 12);
}

TEST_F(RuleBookTest, ListsOfWhichNeitherHoldsTheOtherAreJoined) {
  says("lanjiang", "signers", Json::array({"a", "c"})).says("yunxiu", "signers", Json::array({"a", "b"}));
  const auto value = in_force("signers", "yunxiu-baitan");
  EXPECT_THAT(value.value, testing::UnorderedElementsAre("a", "b", "c"));
  EXPECT_EQ(value.beside.size(), 1U);
  EXPECT_FALSE(set("yunxiu-baitan", "signers", Json::array({"a", "b"})).has_value());
  EXPECT_TRUE(set("yunxiu-baitan", "signers", Json::array({"c", "b", "a"})).has_value());
}

TEST_F(RuleBookTest, SaysWhatBindsAndWhatTheUnitSetItself) {
  says("qinglan", "due", january(25)).says("yunxiu", "due", january(10));
  const Line line(world_->organisation(), world_->unit("yunxiu"), kOn);
  const auto floor = book().floor("due", line, kOn);
  ASSERT_TRUE(floor.has_value());
  EXPECT_EQ(floor->value, january(25));
  EXPECT_FALSE(book().floor("warn_days", line, kOn).has_value());
  EXPECT_EQ(book().floor("reply", line, kOn)->value, 10);
}

TEST_F(RuleBookTest, AUnitMayTakeBackWhatItTightenedItself) {
  says("qinglan", "due", january(25)).says("yunxiu", "due", january(10));
  EXPECT_TRUE(set("yunxiu", "due", january(20), make_date(2026, 1, 1)).has_value());
  EXPECT_FALSE(set("yunxiu", "due", january(31), make_date(2026, 1, 1)).has_value());
}

TEST_F(RuleBookTest, PlansATighterLayer) {
  says("qinglan", "due", january(20));
  const auto planned = set("yunxiu", "due", january(15));
  ASSERT_TRUE(planned.has_value());
  ASSERT_EQ(planned->size(), 1U);
  EXPECT_EQ(planned->front().kind, store::RowWrite::Kind::Insert);
  EXPECT_THAT(planned->front().key, Contains(std::pair<std::string, store::Value>(
                                        "unit", world_->unit("yunxiu").value)));
  EXPECT_THAT(planned->front().values,
              Contains(std::pair<std::string, store::Value>("version", 1)));
}

TEST_F(RuleBookTest, PlansNothingForWhatIsInForceAlready) {
  says("yunxiu", "due", january(15));
  EXPECT_THAT(set("yunxiu", "due", january(15)).value(), IsEmpty());
}

TEST_F(RuleBookTest, CorrectsALayerOfTheSameDayAndAddsOneOfALaterDay) {
  says("yunxiu", "warn_days", 15);
  const auto kind = [&](base::Date from) {
    const auto rows = set("yunxiu", "warn_days", 9, from).value();
    EXPECT_THAT(rows.front().values, Contains(std::pair<std::string, store::Value>("version", 2)));
    return rows.front().kind;
  };
  EXPECT_EQ(kind(make_date(2020, 1, 1)), store::RowWrite::Kind::Update);
  EXPECT_EQ(kind(make_date(2020, 1, 2)), store::RowWrite::Kind::Insert);
}

TEST_F(RuleBookTest, RefusesUnknownParametersAndUnfitValues) {
  EXPECT_EQ(set("yunxiu", "colour", 1).error().code, Code::ParameterUnknown);
  EXPECT_EQ(set("yunxiu", "warn_days", "many").error().code, Code::ParameterType);
  EXPECT_EQ(set("yunxiu", "due", "whenever").error().code, Code::RecurrenceInvalid);
}

TEST_F(RuleBookTest, RefusesAValueThatRestsOnNothing) {
  const auto refused = book().plan_layer({world_->unit("yunxiu"), "due", january(15), "\u3000 ", kOn, 0},
                                         world_->organisation());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::Code::BasisMissing);
  EXPECT_EQ(refused.error().where.pointer, "/basis");
}

TEST_F(RuleBookTest, ReadsBackTheLayersItPlanned) {
  store::ChangeSet change;
  change.rows = set("yunxiu", "due", january(15)).value();
  world_->must_commit(change);
  const auto loaded = RuleBook::load(world_->session(), "reports", book().parameters());
  ASSERT_TRUE(loaded.has_value());
  const auto value = loaded->effective("due", world_->unit("yunxiu"), world_->organisation(), kOn);
  EXPECT_EQ(value.value, january(15));
  EXPECT_EQ(value.basis, "basis");
  const auto other = RuleBook::load(world_->session(), "another", book().parameters());
  EXPECT_EQ(other->effective("due", world_->unit("yunxiu"), world_->organisation(), kOn).version, 0);
}

TEST_F(RuleBookTest, RolesAreHeldThroughPostsAndInTheirMode) {
  const auto roles = RoleBook::from_manifest(Json::parse(
      R"({"approver": {"title": {"en": "Principal"}, "post_classes": ["PRINCIPAL", "DISC_HEAD"]},
          "drafter": {"title": {"en": "Drafter"}, "post_classes": ["STAFF"]}})"));
  const auto held = [&](const std::string& post) {
    return roles.held_by(world_->organisation(), world_->holder(post), {kOn});
  };
  EXPECT_THAT(held("qinglan-education-principal"),
              ElementsAre(HeldRole{"approver", world_->unit("qinglan-education"), "in_charge",
                                   "党组书记、局长"}));
  // A member of the city committee as well, which is no role here.
  EXPECT_THAT(held("yunxiu-principal"),
              ElementsAre(HeldRole{"approver", world_->unit("yunxiu"), "formal", "县委书记"}));
  EXPECT_THAT(held("qinglan-deputy"), IsEmpty());
  EXPECT_EQ(roles.find("nobody"), nullptr);
}

}  // namespace
}  // namespace zeren::rules
