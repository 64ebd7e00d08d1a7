#include "app/refusals.hpp"

#include <gtest/gtest.h>

namespace zeren::app {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const base::Instant kNoon = base::from_millis(1'767'268'800'000);  // a full minute

std::int64_t total(const store::ChangeSet& change) {
  std::int64_t sum = 0;
  for (const auto& item : change.act.committed.at("refusals")) {
    sum += item.at("count").get<std::int64_t>();
  }
  return sum;
}

TEST(Refusals, AreCountedPerMinuteSourceAndReason) {
  Refusals refusals;
  for (int i = 0; i < 50; ++i) refusals.count("10.0.0.1", "sign_in_failed", kNoon + seconds(i));
  refusals.count("10.0.0.1", "not_signed_in", kNoon);
  refusals.count("10.0.0.2", "sign_in_failed", kNoon);
  refusals.count("10.0.0.1", "sign_in_failed", kNoon + minutes(1));
  const auto taken = refusals.take(kNoon + minutes(2), false);
  ASSERT_EQ(taken.size(), 1U);
  const auto& counted = taken.front().act.committed.at("refusals");
  EXPECT_EQ(counted.size(), 4U);
  EXPECT_EQ(total(taken.front()), 53);
  EXPECT_EQ(counted.at(1), (base::Json{{"minute", base::to_string(kNoon)},
                                       {"source", "10.0.0.1"},
                                       {"code", "sign_in_failed"},
                                       {"count", 50}}));
}

TEST(Refusals, AreNobodysActAndCommittedNotShown) {
  Refusals refusals;
  refusals.count("10.0.0.1", "sign_in_failed", kNoon);
  const auto change = refusals.take(kNoon, true).front();
  EXPECT_EQ(change.act.outcome, "refused");
  EXPECT_EQ(change.act.account, "system:door");
  EXPECT_TRUE(change.rows.empty());
  EXPECT_TRUE(change.act.objects.empty());
}

TEST(Refusals, OfTheRunningMinuteWaitUnlessAllAreAskedFor) {
  Refusals refusals;
  refusals.count("10.0.0.1", "sign_in_failed", kNoon);
  EXPECT_TRUE(refusals.take(kNoon + seconds(59), false).empty());
  EXPECT_EQ(refusals.take(kNoon + seconds(59), true).size(), 1U);
}

TEST(Refusals, AreTakenOnce) {
  Refusals refusals;
  EXPECT_TRUE(refusals.take(kNoon, true).empty());
  refusals.count("10.0.0.1", "sign_in_failed", kNoon);
  EXPECT_EQ(refusals.take(kNoon + minutes(1), false).size(), 1U);
  EXPECT_TRUE(refusals.take(kNoon + minutes(1), true).empty());
}

TEST(Refusals, FromEverNewSourcesAreLumpedTogetherAndNoneIsLost) {
  Refusals refusals;
  for (int i = 0; i < 5000; ++i) refusals.count(std::to_string(i), "sign_in_failed", kNoon);
  const auto change = refusals.take(kNoon, true).front();
  EXPECT_LE(change.act.committed.at("refusals").size(), 1001U);
  EXPECT_EQ(total(change), 5000);
}

}  // namespace
}  // namespace zeren::app
