// What is packed comes out as it went in, in order and a stretch at a time.
#include "records/packed_obligations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace zeren::records {
namespace {

using testing::ElementsAreArray;

Obligation any_obligation(std::mt19937& random, int number) {
  const auto below = [&](unsigned limit) { return static_cast<int>(random() % limit); };
  Obligation o;
  o.module = "module" + std::to_string(below(2));
  o.rule = "rule" + std::to_string(below(3));
  o.rule_version = below(2);
  o.record_type = "report";
  o.owner = {"unit" + std::to_string(below(9))};
  o.period = std::to_string(2020 + below(4));
  o.occurrence = 1 + below(12);
  o.due = base::make_date(2026, 1, 1) + std::chrono::days(below(700));
  for (int i = below(3); i > 0; --i) {
    Recipients to{"to" + std::to_string(i), {}, i == 1 ? "system" : "paper", "", i == 2};
    for (int unit = below(4); unit > 0; --unit) to.units.push_back({"recipient" + std::to_string(below(5))});
    o.recipients.push_back(std::move(to));
  }
  if (below(5) == 0) o.post = {"post"};
  if (below(5) == 0) o.appointment = {"appointment"};
  if (below(5) == 0) o.moved = Provenance{{"origin"}, base::make_date(2025, 5, 1), "merge"};
  o.superseded = below(7) == 0;
  o.counterpart = {below(6) == 0 ? "other" : ""};
  o.id = obligation_id(o).substr(0, 28) + std::to_string(1000 + number);
  return o;
}

class PackedObligationsTest : public testing::TestWithParam<std::uint32_t> {};

TEST_P(PackedObligationsTest, GivesBackEveryStretchInOrder) {
  std::mt19937 random(GetParam());
  std::vector<Obligation> all;
  PackedObligations packed;
  for (int i = 0; i < 300; ++i) all.push_back(any_obligation(random, i));
  for (const auto& each : all) packed.add(each);
  packed.sort();
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  EXPECT_EQ(packed.size(), all.size());
  EXPECT_THAT(packed.between("", ""), ElementsAreArray(all));
  for (const auto* bound : {"0", "4", "8c", "b17", "ff"}) {
    const auto middle = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.id >= bound; });
    EXPECT_THAT(packed.between("", bound), ElementsAreArray(all.begin(), middle));
    EXPECT_THAT(packed.between(bound, ""), ElementsAreArray(middle, all.end()));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PackedObligationsTest, testing::Range(1U, 6U));

}  // namespace
}  // namespace zeren::records
