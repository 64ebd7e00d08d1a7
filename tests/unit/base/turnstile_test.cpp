#include "base/turnstile.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace zeren::base {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

TEST(Turnstile, LetsInAsManyAsItMayAndTheNextWhenOneLeaves) {
  Turnstile turnstile({2, 0, minutes(1)});
  auto first = turnstile.enter();
  const auto second = turnstile.enter();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(turnstile.enter().error().code, Code::TooBusy);
  first->reset();
  EXPECT_TRUE(turnstile.enter());
}

TEST(Turnstile, SendsAwayAtOnceWhoComesWhenEnoughWait) {
  constexpr int kWaiting = 3;
  Turnstile turnstile({1, kWaiting, minutes(5)});
  auto inside = turnstile.enter();
  ASSERT_TRUE(inside);
  std::promise<void> sent_away;
  std::atomic<int> let_in{0};
  std::vector<std::jthread> crowd;
  for (int i = 0; i <= kWaiting; ++i) {
    crowd.emplace_back([&] {
      if (turnstile.enter()) {
        ++let_in;
      } else {
        sent_away.set_value();  // one only: a second would throw
      }
    });
  }
  sent_away.get_future().wait();
  EXPECT_EQ(let_in, 0);
  inside->reset();
  crowd.clear();
  EXPECT_EQ(let_in, kWaiting);
}

TEST(Turnstile, SendsAwayWhoseTurnDoesNotComeInTime) {
  Turnstile turnstile({1, 1, milliseconds(10)});
  const auto inside = turnstile.enter();
  ASSERT_TRUE(inside);
  EXPECT_EQ(turnstile.enter().error().code, Code::TooBusy);
}

}  // namespace
}  // namespace zeren::base
