// Properties of the orders, on values nobody chose: each is reflexive and transitive, and what is in force is
// looser than no layer above, whoever set what before whom.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <random>

#include "fixtures/small_city_world.hpp"
#include "rules/rule_book.hpp"

namespace zeren::rules {
namespace {

using base::Json;
using base::make_date;

constexpr auto kOn = base::Date{std::chrono::year{2026} / 1 / 22};

struct Subject {
  const char* name;
  Parameter parameter;
  std::function<Json(std::mt19937&)> value;
};

void PrintTo(const Subject& subject, std::ostream* out) { *out << subject.name; }

int pick(std::mt19937& random, int from, int to) {
  return std::uniform_int_distribution<int>(from, to)(random);
}

Json some_texts(std::mt19937& random) {
  auto texts = Json::array();
  for (const auto* text : {"a", "b", "c", "d"}) {
    if (pick(random, 0, 1) == 1) texts.push_back(text);
  }
  return texts;
}

Json some_recurrence(std::mt19937& random) {
  static const std::vector<std::string> kMonths = {"1", "6", "1,7", "2,7", "1,2", "3,6,9,12"};
  const auto& months = kMonths.at(static_cast<std::size_t>(pick(random, 0, 5)));
  return "FREQ=YEARLY;BYMONTH=" + months + ";BYMONTHDAY=" + std::to_string(pick(random, 1, 28));
}

Json some_duration(std::mt19937& random) {
  const auto number = std::to_string(pick(random, 1, 3));
  const auto days = std::to_string(pick(random, 25, 95));
  return pick(random, 0, 1) == 0 ? "P" + number + "M" : "P" + days + "D";
}

Json some_weights(std::mt19937& random) {
  const int first = pick(random, 35, 45);
  return {{"a", first}, {"b", 100 - first}};
}

Json some_policy(std::mt19937& random) {
  return std::vector<const char*>{"NONE", "PREV_WORKDAY", "NEXT_WORKDAY"}.at(
      static_cast<std::size_t>(pick(random, 0, 2)));
}

Json some_number(std::mt19937& random) { return pick(random, 1, 9); }
Json some_switch(std::mt19937& random) { return pick(random, 0, 1) == 1; }

Parameter of(ParameterType type, Order order, Json standard) {
  return {"p", type, order, std::move(standard), {}, {}};
}

std::vector<Subject> subjects() {
  using enum ParameterType;
  auto weights = of(Weights, Order::Banded, {{"a", 40}, {"b", 60}});
  weights.band = 5;
  return {{"free", of(Integer, Order::Free, 5), some_number},
          {"earlier", of(Recurrence, Order::Earlier, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"),
           some_recurrence},
          {"fewer", of(Integer, Order::FewerDays, 5), some_number},
          {"fewer_durations", of(Duration, Order::FewerDays, "P30D"), some_duration},
          {"more", of(Integer, Order::MoreTimes, 5), some_number},
          {"longer", of(Integer, Order::Longer, 5), some_number},
          {"longer_durations", of(Duration, Order::Longer, "P30D"), some_duration},
          {"superset", of(TextList, Order::Superset, Json::array()), some_texts},
          {"narrower", of(TextList, Order::Narrower, Json::array({"a"})), some_texts},
          {"on", of(Boolean, Order::On, false), some_switch},
          {"banded", weights, some_weights},
          {"rights", of(Integer, Order::Rights, 5), some_number},
          {"rights_durations", of(Duration, Order::Rights, "P40D"), some_duration},
          {"calendar_policy", of(CalendarPolicy, Order::CalendarPolicy, "NONE"), some_policy}};
}

class EveryOrderHolds : public testing::TestWithParam<Subject> {
 protected:
  bool strict(const Json& floor, const Json& value) const {
    return at_least_as_strict(GetParam().parameter, floor, value, kOn);
  }

  std::vector<Json> values(std::size_t count) {
    std::vector<Json> values;
    while (values.size() < count) values.push_back(GetParam().value(random_));
    return values;
  }

  std::mt19937 random_{20260122};
};

TEST_P(EveryOrderHolds, ItsOwnValues) {
  for (const auto& value : values(30)) {
    EXPECT_TRUE(check_value(GetParam().parameter, value).has_value()) << value;
  }
}

TEST_P(EveryOrderHolds, EachValueAgainstItself) {
  for (const auto& value : values(30)) EXPECT_TRUE(strict(value, value)) << value;
}

TEST_P(EveryOrderHolds, OverTwoSteps) {
  const auto all = values(20);
  std::vector<std::vector<bool>> table(all.size(), std::vector<bool>(all.size()));
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < all.size(); ++j) table[i][j] = strict(all[i], all[j]);
  }
  for (std::size_t i = 0; i < all.size() * all.size() * all.size(); ++i) {
    const auto a = i % all.size();
    const auto b = i / all.size() % all.size();
    const auto c = i / all.size() / all.size();
    EXPECT_TRUE(!table[a][b] || !table[b][c] || table[a][c]) << all[a] << all[b] << all[c];
  }
}

class EffectiveIsNeverLooser : public EveryOrderHolds {
 protected:
  static void SetUpTestSuite() { world_ = std::make_unique<fixtures::SmallCityWorld>(); }
  static void TearDownTestSuite() { world_.reset(); }

  // As no plan would let them be: whoever is above may have tightened after those below.
  std::vector<Layer> some_layers(const std::vector<org::UnitId>& units) {
    std::vector<Layer> layers;
    for (const auto& unit : units) {
      if (pick(random_, 0, 3) == 0) continue;
      layers.push_back({unit, "p", GetParam().value(random_), "doc",
                        make_date(pick(random_, 2024, 2027), 1, 1), 1});
    }
    return layers;
  }

  bool met(const Effective& in_force, const Json& floor) const {
    return strict(floor, in_force.value) ||
           std::any_of(in_force.beside.begin(), in_force.beside.end(),
                       [&](const Bound& bound) { return strict(floor, bound.value); });
  }

  static std::unique_ptr<fixtures::SmallCityWorld> world_;
};

std::unique_ptr<fixtures::SmallCityWorld> EffectiveIsNeverLooser::world_;

TEST_P(EffectiveIsNeverLooser, ThanAnyLayerAboveIt) {
  const Line line(world_->organisation(), world_->unit("qinglan-finance-group"), kOn);
  const auto& parameter = GetParam().parameter;
  for (int tree = 0; tree < 20; ++tree) {
    const auto layers = some_layers(line.units);
    const RuleBook book("m", {{"p", parameter}}, layers);
    const auto in_force = book.effective("p", line, kOn);
    for (const auto& layer : layers) {
      EXPECT_TRUE(layer.valid_from > kOn || met(in_force, layer.value)) << layer.value;
    }
    EXPECT_TRUE(parameter.order != Order::Rights || met(in_force, parameter.standard));
  }
}

std::string name_of(const testing::TestParamInfo<Subject>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(All, EveryOrderHolds, testing::ValuesIn(subjects()), name_of);
INSTANTIATE_TEST_SUITE_P(All, EffectiveIsNeverLooser, testing::ValuesIn(subjects()), name_of);

}  // namespace
}  // namespace zeren::rules
