#include "access/lock_out.hpp"

#include <gtest/gtest.h>

namespace zeren::access {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr base::Instant kMorning{std::chrono::hours{500'000}};

void fail_until_locked(LockOut& lock_out, const std::string& account) {
  for (std::size_t i = 0; i < LockOut::kFailures; ++i) {
    EXPECT_TRUE(lock_out.attempt(account, kMorning + seconds(i))) << i;
  }
}

TEST(LockOut, RefusesAfterFiveFailuresAndSaysForHowLong) {
  LockOut lock_out;
  fail_until_locked(lock_out, "clerk");
  const auto sixth = lock_out.attempt("clerk", kMorning + minutes(1));
  ASSERT_FALSE(sixth);
  EXPECT_EQ(sixth.error().code, base::Code::TooManyAttempts);
  EXPECT_EQ(sixth.error().args.at("minutes"), "14");
}

TEST(LockOut, KnockingOnDoesNotMakeItLonger) {
  LockOut lock_out;
  fail_until_locked(lock_out, "clerk");
  for (int i = 1; i < 15; ++i) EXPECT_FALSE(lock_out.attempt("clerk", kMorning + minutes(i)));
  EXPECT_TRUE(lock_out.attempt("clerk", kMorning + minutes(15)));
}

TEST(LockOut, ForgetsFailuresOnceThePasswordWasRight) {
  LockOut lock_out;
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(lock_out.attempt("clerk", kMorning));
    lock_out.succeeded("clerk");
  }
}

TEST(LockOut, LeavesOtherAccountsAlone) {
  LockOut lock_out;
  fail_until_locked(lock_out, "clerk");
  EXPECT_TRUE(lock_out.attempt("leader", kMorning));
}

}  // namespace
}  // namespace zeren::access
