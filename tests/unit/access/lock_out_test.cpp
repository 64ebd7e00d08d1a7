#include "access/lock_out.hpp"

#include <gtest/gtest.h>

namespace zeren::access {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr base::Instant kMorning{std::chrono::hours{500'000}};
constexpr auto kHome = "203.0.113.7";
constexpr auto kThief = "198.51.100.1";

class LockOutTest : public testing::Test {
 protected:
  bool tries(const std::string& account, std::string_view source, base::Instant at = kMorning) {
    return lock_out_.attempt(account, source, at).has_value();
  }

  void fail_until_locked(const std::string& account, const std::string& source = kThief) {
    for (std::size_t i = 0; i < LockOut::kFailures; ++i) {
      EXPECT_TRUE(tries(account, source, kMorning + seconds(i))) << i;
    }
    EXPECT_FALSE(tries(account, source, kMorning + seconds(LockOut::kFailures)));
  }

  /// From as many addresses as it takes; how many guesses were let through.
  std::size_t flood(const std::string& account, base::Instant at = kMorning) {
    std::size_t heard = 0;
    for (int i = 0; i < 100; ++i) heard += tries(account, "stranger-" + std::to_string(i), at) ? 1 : 0;
    return heard;
  }

  LockOut lock_out_;
};

TEST_F(LockOutTest, RefusesAfterFiveFailuresAndSaysForHowLong) {
  fail_until_locked("clerk");
  const auto sixth = lock_out_.attempt("clerk", kThief, kMorning + minutes(1));
  ASSERT_FALSE(sixth);
  EXPECT_EQ(sixth.error().code, base::Code::TooManyAttempts);
  EXPECT_EQ(sixth.error().args.at("minutes"), "14");
}

TEST_F(LockOutTest, KnockingOnDoesNotMakeItLonger) {
  fail_until_locked("clerk");
  for (int i = 1; i < 15; ++i) EXPECT_FALSE(tries("clerk", kThief, kMorning + minutes(i)));
  EXPECT_TRUE(tries("clerk", kThief, kMorning + minutes(15)));
}

TEST_F(LockOutTest, ForgetsFailuresOnceThePasswordWasRight) {
  for (int i = 0; i < 200; ++i) {
    EXPECT_TRUE(tries("clerk", kHome)) << i;
    lock_out_.succeeded("clerk", kHome, kMorning);
  }
}

TEST_F(LockOutTest, LeavesOtherAccountsAndOtherSourcesAlone) {
  fail_until_locked("clerk");
  EXPECT_TRUE(tries("leader", kThief));
  EXPECT_TRUE(tries("clerk", kHome));
}

TEST_F(LockOutTest, AStrangerWithManyAddressesIsHeldBackAndTheOwnerIsNot) {
  EXPECT_TRUE(tries("security", kHome));
  lock_out_.succeeded("security", kHome, kMorning);
  EXPECT_EQ(flood("security"), LockOut::kStrangers);
  EXPECT_FALSE(tries("security", "one more"));
  EXPECT_TRUE(tries("security", kHome)) << "who signed in from there before";
  EXPECT_TRUE(tries("security", LockOut::kLocal)) << "who sits at the machine";
  EXPECT_TRUE(tries("audit", "one more"));
}

TEST_F(LockOutTest, WhereNobodySignedInForLongIsStrangeAgain) {
  lock_out_.succeeded("security", kHome, kMorning);
  const auto later = kMorning + std::chrono::days(31);
  EXPECT_EQ(flood("security", later), LockOut::kStrangers);
  EXPECT_FALSE(tries("security", kHome, later));
}

TEST_F(LockOutTest, ASuccessFromElsewhereGivesStrangersNoFurtherGuesses) {
  EXPECT_EQ(flood("security"), LockOut::kStrangers);
  lock_out_.succeeded("security", LockOut::kLocal, kMorning);
  EXPECT_EQ(flood("security"), 0U);
}

TEST_F(LockOutTest, FloodingItWithNamesNeitherOpensItNorSetsAnAccountFree) {
  fail_until_locked("security");
  for (int i = 0; i < 10'500; ++i) {
    ASSERT_TRUE(tries("name-" + std::to_string(i), kThief, kMorning + minutes(1)));
  }
  EXPECT_FALSE(tries("security", kThief, kMorning + minutes(2)));
  fail_until_locked("the-newest-name");
}

TEST_F(LockOutTest, IsTakenOffAnAccountAndNoOther) {
  fail_until_locked("security");
  fail_until_locked("audit");
  flood("security");
  lock_out_.unlock("security");
  EXPECT_TRUE(tries("security", kThief));
  EXPECT_TRUE(tries("security", "one more"));
  EXPECT_FALSE(tries("audit", kThief, kMorning + minutes(1)));
}

}  // namespace
}  // namespace zeren::access
