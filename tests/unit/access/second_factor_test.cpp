#include "access/second_factor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "access/one_time_code.hpp"
#include "access/sign_in.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/written_store.hpp"

namespace zeren::access {
namespace {

using base::Code;

class SecondFactorTest : public testing::Test {
 protected:
  SecondFactorTest() {
    Account wanted;
    wanted.name = "clerk";
    store_.must_commit(*plan_account(store_.session(), wanted, false, ids_, clock_.now()));
    clerk_ = **find_account(store_.session(), "clerk");
  }

  std::string offered() {
    const auto offer = plan_offer(store_.session(), principal_of(clerk_), entropy_).value();
    store_.must_commit(offer);
    return offer.answer.at("secret");
  }

  std::string code_now(const std::string& secret) const {
    return code_of_step(secret, base::to_millis(clock_.now()) / 30'000);
  }

  // Offered, confirmed, and a minute later, so that a fresh code is due.
  std::string activated() {
    auto secret = offered();
    store_.must_commit(*plan_confirm(store_.session(), principal_of(clerk_), code_now(secret),
                                     clock_.now()));
    clock_.advance(std::chrono::minutes(1));
    return secret;
  }

  base::Result<void> sign_in(const std::string& code) {
    auto change = plan_sign_in(clerk_, ids_, entropy_, clock_.now());
    auto used = use_code(store_.session(), clerk_, code, clock_.now(), change);
    if (!used) return used;
    return store_.commit(change);
  }

  Code refusal(const std::string& code) {
    const auto done = sign_in(code);
    EXPECT_FALSE(done);
    return done.error().code;
  }

  fixtures::WrittenStore store_;
  fixtures::MovableClock clock_;
  fixtures::SeededEntropy entropy_;
  base::IdGenerator ids_{clock_, entropy_};
  Account clerk_;
};

TEST_F(SecondFactorTest, IsNotAskedForBeforeItWasConfirmed) {
  EXPECT_TRUE(sign_in(""));
  offered();
  EXPECT_TRUE(sign_in(""));
}

TEST_F(SecondFactorTest, IsAskedForOnceItWasConfirmed) {
  const auto secret = activated();
  EXPECT_EQ(refusal(""), Code::SecondFactorMissing);
  EXPECT_EQ(refusal("000000"), Code::SignInFailed);
  EXPECT_TRUE(sign_in(code_now(secret)));
}

TEST_F(SecondFactorTest, ACodeOpensTheDoorOnce) {
  const auto secret = activated();
  const auto code = code_now(secret);
  EXPECT_TRUE(sign_in(code));
  EXPECT_EQ(refusal(code), Code::SignInFailed);
  clock_.advance(std::chrono::minutes(1));
  EXPECT_TRUE(sign_in(code_now(secret)));
}

TEST_F(SecondFactorTest, OfTwoWhoUseOneCodeAtOnceOneGetsIn) {
  const auto code = code_now(activated());
  auto first = plan_sign_in(clerk_, ids_, entropy_, clock_.now());
  auto second = plan_sign_in(clerk_, ids_, entropy_, clock_.now());
  ASSERT_TRUE(use_code(store_.session(), clerk_, code, clock_.now(), first));
  ASSERT_TRUE(use_code(store_.session(), clerk_, code, clock_.now(), second));
  EXPECT_TRUE(store_.commit(first));
  EXPECT_EQ(store_.commit(second).error().code, Code::UniqueViolated);
}

TEST_F(SecondFactorTest, IsConfirmedByItsOwnCodeOnly) {
  const auto secret = offered();
  const auto wrong = plan_confirm(store_.session(), principal_of(clerk_), "000000", clock_.now());
  EXPECT_EQ(wrong.error().code, Code::SecondFactorWrong);
  const auto later = offered();  // asked again: the first secret is void
  const auto old = plan_confirm(store_.session(), principal_of(clerk_), code_now(secret), clock_.now());
  EXPECT_EQ(old.error().code, Code::SecondFactorWrong);
  EXPECT_TRUE(plan_confirm(store_.session(), principal_of(clerk_), code_now(later), clock_.now()));
}

TEST_F(SecondFactorTest, IsTakenOffWithACodeAndMayBeOfferedAgain) {
  const auto secret = activated();
  EXPECT_EQ(plan_offer(store_.session(), principal_of(clerk_), entropy_).error().code,
            Code::SecondFactorActive);
  EXPECT_EQ(plan_removal(store_.session(), principal_of(clerk_), "", clock_.now()).error().code,
            Code::SecondFactorWrong);
  store_.must_commit(
      *plan_removal(store_.session(), principal_of(clerk_), code_now(secret), clock_.now()));
  EXPECT_TRUE(sign_in(""));
  EXPECT_TRUE(plan_offer(store_.session(), principal_of(clerk_), entropy_));
}

TEST_F(SecondFactorTest, TheLogNeverHoldsItsSecret) {
  const auto offer = plan_offer(store_.session(), principal_of(clerk_), entropy_).value();
  const std::string secret = offer.answer.at("secret");
  const auto committed = store::committed_rows(offer).dump();
  EXPECT_EQ(committed.find(secret), std::string::npos);
  EXPECT_NE(committed.find(store::secret_digest(secret)), std::string::npos);
}

}  // namespace
}  // namespace zeren::access
