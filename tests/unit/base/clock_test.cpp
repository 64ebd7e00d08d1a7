#include "base/clock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

#include "fixtures/fixed_world.hpp"

namespace zeren::base {
namespace {

TEST(IdGenerator, MakesUuidsOfVersionSevenThatSortByTime) {
  fixtures::MovableClock clock;
  fixtures::SeededEntropy entropy;
  IdGenerator ids(clock, entropy);
  const auto first = ids.next();
  clock.advance(std::chrono::milliseconds(1));
  const auto second = ids.next();
  EXPECT_THAT(first, testing::MatchesRegex(
                         "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_LT(first, second);
  EXPECT_EQ(first.substr(0, 13), "019b76da-a800");  // 2026-01-01T00:00:00.000Z
}

TEST(IdGenerator, GoesUpWithinAMillisecondBeyondAFullCounterAndWhenTheClockGoesBack) {
  fixtures::MovableClock clock;
  fixtures::SeededEntropy entropy;
  IdGenerator ids(clock, entropy);
  auto last = ids.next();
  for (int i = 0; i < 5000; ++i) {
    if (i == 4500) clock.advance(std::chrono::milliseconds(-10));
    const auto next = ids.next();
    ASSERT_LT(last, next) << i;
    last = next;
  }
}

TEST(IdGenerator, GivesNoIdTwiceToManyThreads) {
  fixtures::MovableClock clock;
  const auto entropy = system_entropy();
  IdGenerator ids(clock, *entropy);
  std::array<std::vector<std::string>, 4> made;
  {
    std::vector<std::jthread> threads;
    for (auto& mine : made) {
      threads.emplace_back([&] {
        for (int i = 0; i < 2000; ++i) mine.push_back(ids.next());
      });
    }
  }
  std::set<std::string> all;
  for (const auto& mine : made) {
    EXPECT_TRUE(std::ranges::is_sorted(mine));
    all.insert(mine.begin(), mine.end());
  }
  EXPECT_EQ(all.size(), 8000U);
}

TEST(SystemEntropy, FillsEveryByte) {
  std::array<std::byte, 64> a{};
  std::array<std::byte, 64> b{};
  const auto entropy = system_entropy();
  entropy->fill(a);
  entropy->fill(b);
  EXPECT_NE(a, b);
}

}  // namespace
}  // namespace zeren::base
