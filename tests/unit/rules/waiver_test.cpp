// Who may let whom go below which floor, for how long, and that it ends.
#include "rules/waiver.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "fixtures/small_city_world.hpp"
#include "rules/rule_book.hpp"

namespace zeren::rules {
namespace {

using base::Code;
using base::Json;
using base::make_date;
using testing::HasSubstr;
using testing::SizeIs;

class WaiverTest : public testing::Test {
 protected:
  void says(const std::string& unit, const std::string& parameter, Json value) {
    layers_.push_back({world_.unit(unit), parameter, std::move(value), "doc of " + unit,
                       make_date(2020, 1, 1), 1});
  }

  Waiver wanted(const std::string& parameter, Json value, const std::string& by = "qinglan",
                const std::string& unit = "yunxiu") const {
    return {world_.unit(unit), parameter,         std::move(value), "notice 7",
            world_.unit(by),   {kToday, kMarch}, 0};
  }

  RuleBook book() const {
    return {"reports",
            *read_parameters(Json::parse(
                R"({"days": {"type": "integer", "order": "fewer_days", "default": 30},
                    "fields": {"type": "text_list", "order": "superset", "default": []},
                    "reply": {"type": "duration", "order": "rights", "default": "P10D"},
                    "warn_days": {"type": "integer", "order": "free", "default": 5}})")),
            layers_, waivers_};
  }

  base::Result<std::vector<store::RowWrite>> plan(const Waiver& waiver) const {
    return book().plan_waiver(waiver, world_.organisation(), kToday);
  }

  std::string refusal(const Waiver& waiver) const {
    const auto planned = plan(waiver);
    if (planned) return "granted";
    EXPECT_EQ(planned.error().code, Code::WaiverRefused);
    EXPECT_FALSE(planned.error().args.at("reason.zh-CN").empty());
    return planned.error().args.at("reason");
  }

  Effective in_force(base::Date on, const std::string& unit = "yunxiu") const {
    return book().effective("days", world_.unit(unit), world_.organisation(), on);
  }

  static constexpr base::Date kToday = base::Date{std::chrono::year{2026} / 1 / 10};
  static constexpr base::Date kMarch = base::Date{std::chrono::year{2026} / 3 / 1};
  fixtures::SmallCityWorld world_;
  std::vector<Layer> layers_;
  std::vector<Waiver> waivers_;
};

TEST_F(WaiverTest, TakesThePlaceOfTheFloorAndSaysSo) {
  says("qinglan", "days", 10);
  waivers_.push_back(wanted("days", 20));
  const auto during = in_force(kToday);
  EXPECT_EQ(during.value, 20);
  EXPECT_EQ(during.owner, world_.unit("qinglan"));
  EXPECT_EQ(during.basis, "notice 7");
  ASSERT_TRUE(during.waiver.has_value());
  EXPECT_EQ(during.waiver->valid.to, kMarch);
  ASSERT_THAT(during.waived, SizeIs(1));
  EXPECT_EQ(during.waived.front().value, 10);
}

TEST_F(WaiverTest, EndsByItself) {
  says("qinglan", "days", 10);
  waivers_.push_back(wanted("days", 20));
  EXPECT_EQ(in_force(kToday - std::chrono::days(1)).value, 10);
  EXPECT_EQ(in_force(kMarch - std::chrono::days(1)).value, 20);
  EXPECT_EQ(in_force(kMarch).value, 10);
  EXPECT_FALSE(in_force(kMarch).waiver.has_value());
}

TEST_F(WaiverTest, CountsForItsUnitAlone) {
  says("qinglan", "days", 10);
  waivers_.push_back(wanted("days", 20));
  EXPECT_EQ(in_force(kToday, "yunxiu-baitan").value, 10);
  EXPECT_EQ(in_force(kToday, "wangchuan").value, 10);
}

TEST_F(WaiverTest, LeavesTheFloorsOfThoseAboveItsGranter) {
  says("lanjiang", "days", 15);
  says("qinglan", "days", 10);
  waivers_.push_back(wanted("days", 20));
  EXPECT_EQ(in_force(kToday).value, 15);
}

TEST_F(WaiverTest, TakesThePlaceOfWhatTheUnitSetItself) {
  says("qinglan", "days", 10);
  says("yunxiu", "days", 8);
  waivers_.push_back(wanted("days", 20));
  EXPECT_EQ(in_force(kToday).value, 20);
}

TEST_F(WaiverTest, NeverTightens) {
  says("qinglan", "days", 25);
  waivers_.push_back(wanted("days", 20));
  EXPECT_EQ(in_force(kToday).value, 25);
  EXPECT_FALSE(in_force(kToday).waiver.has_value());
}

TEST_F(WaiverTest, OfAListLeavesWhatOthersAskFor) {
  says("lanjiang", "fields", Json::array({"a"}));
  says("qinglan", "fields", Json::array({"a", "b"}));
  waivers_.push_back(wanted("fields", Json::array({"c"})));
  const auto fields = book().effective("fields", world_.unit("yunxiu"), world_.organisation(), kToday);
  EXPECT_THAT(fields.value, testing::UnorderedElementsAre("a", "c"));
}

TEST_F(WaiverTest, IsGrantedByTheOwnerOfTheFloorOrAUnitAboveIt) {
  says("qinglan", "days", 10);
  for (const auto* by : {"qinglan", "lanjiang"}) {
    const auto rows = plan(wanted("days", 20, by));
    ASSERT_TRUE(rows.has_value()) << by;
    ASSERT_THAT(*rows, SizeIs(1));
    EXPECT_EQ(rows->front().table, "waiver");
  }
}

TEST_F(WaiverTest, IsRefusedToEverybodyElse) {
  says("qinglan", "days", 10);
  for (const auto* by : {"yunxiu", "wangchuan", "yunxiu-baitan", "qinglan-cdi"}) {
    EXPECT_THAT(refusal(wanted("days", 20, by)), HasSubstr("only")) << by;
  }
  says("lanjiang", "days", 12);
  EXPECT_THAT(refusal(wanted("days", 20)),
              HasSubstr(world_.organisation().unit_by_code("lanjiang")->name));
  EXPECT_TRUE(plan(wanted("days", 11)).has_value());  // below the city's floor, not the province's
}

TEST_F(WaiverTest, IsRefusedWhereThereIsNothingToWaive) {
  EXPECT_THAT(refusal(wanted("days", 40)), HasSubstr("no floor"));  // a default is none
  says("qinglan", "days", 10);
  EXPECT_THAT(refusal(wanted("days", 9)), HasSubstr("no floor"));
  EXPECT_THAT(refusal(wanted("warn_days", 9)), HasSubstr("no floor"));
}

TEST_F(WaiverTest, IsRefusedForTheRightsOfAPerson) {
  says("qinglan", "reply", "P15D");
  EXPECT_THAT(refusal(wanted("reply", "P12D", "lanjiang")), HasSubstr("person's right"));
}

TEST_F(WaiverTest, IsForATime) {
  says("qinglan", "days", 10);
  auto waiver = wanted("days", 20);
  waiver.valid = {kToday, kToday};
  EXPECT_THAT(refusal(waiver), HasSubstr("must end"));
  waiver.valid = {kToday, base::kForever};
  EXPECT_THAT(refusal(waiver), HasSubstr("within a year"));
  waiver.valid = {kToday, kToday + Waiver::kLongest};
  EXPECT_EQ(refusal(waiver), "granted");
  waiver.valid = {kToday - std::chrono::days(1), kMarch};
  EXPECT_THAT(refusal(waiver), HasSubstr("in the past"));
}

TEST_F(WaiverTest, IsOneAtATimeAndMayBeEndedEarly) {
  says("qinglan", "days", 10);
  auto standing = wanted("days", 20);
  standing.valid.from = make_date(2026, 1, 1);
  standing.version = 1;
  waivers_.push_back(standing);
  EXPECT_THAT(refusal(wanted("days", 25)), HasSubstr("2026-01-01"));
  auto shorter = standing;
  shorter.valid.to = kToday;
  const auto rows = plan(shorter);
  ASSERT_TRUE(rows.has_value());
  EXPECT_EQ(rows->front().kind, store::RowWrite::Kind::Update);
  shorter.valid.to = kMarch + std::chrono::days(1);
  EXPECT_THAT(refusal(shorter), HasSubstr("still in force"));
  shorter.valid.to = kToday - std::chrono::days(1);
  EXPECT_THAT(refusal(shorter), HasSubstr("must end"));
  shorter.valid.to = kToday;
  shorter.granted_by = world_.unit("lanjiang");
  EXPECT_THAT(refusal(shorter), HasSubstr("still in force"));
}

TEST_F(WaiverTest, RefusesUnknownParametersUnfitValuesAndNoBasis) {
  says("qinglan", "days", 10);
  EXPECT_EQ(plan(wanted("colour", 1)).error().code, Code::ParameterUnknown);
  EXPECT_EQ(plan(wanted("days", "many")).error().code, Code::ParameterType);
  auto baseless = wanted("days", 20);
  baseless.basis = " ";
  EXPECT_EQ(plan(baseless).error().code, Code::BasisMissing);
}

TEST_F(WaiverTest, IsWrittenAndReadBack) {
  says("qinglan", "days", 10);
  store::ChangeSet change;
  change.rows = *plan(wanted("days", 20));
  world_.must_commit(change);
  const auto read = load_waivers(world_.session(), "reports");
  ASSERT_TRUE(read.has_value());
  ASSERT_THAT(*read, SizeIs(1));
  const auto& waiver = read->front();
  EXPECT_EQ(waiver.unit, world_.unit("yunxiu"));
  EXPECT_EQ(waiver.granted_by, world_.unit("qinglan"));
  EXPECT_EQ(waiver.value, 20);
  EXPECT_EQ(waiver.valid, (base::Period{kToday, kMarch}));
  EXPECT_EQ(waiver.version, 1);
  EXPECT_TRUE(load_waivers(world_.session(), "others")->empty());
}

}  // namespace
}  // namespace zeren::rules
