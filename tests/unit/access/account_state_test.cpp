// An account that is closed, and a password that was given: what still opens, and what does not.
#include "access/account_state.hpp"

#include <gtest/gtest.h>

#include "access/second_factor.hpp"
#include "access/sign_in.hpp"
#include "access/token.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/written_store.hpp"

namespace zeren::access {
namespace {

using base::Code;

class AccountStateTest : public testing::Test {
 protected:
  AccountStateTest() {
    Account wanted;
    wanted.name = "clerk";
    wanted.password = "old";
    wanted.os_user = 1000;
    store_.must_commit(*plan_account(store_.session(), wanted, false, ids_, clock_.now()));
  }

  Account account() { return **find_account(store_.session(), "clerk"); }

  std::string sign_in() {
    const auto change = plan_sign_in(account(), ids_, entropy_, clock_.now());
    store_.must_commit(change);
    return change.answer.at("token");
  }
  std::string token() {
    const auto change = plan_token(account(), {"t", true, {}, clock_.now() + std::chrono::hours(1)}, "",
                                   ids_, entropy_, clock_.now());
    store_.must_commit(*change);
    return change->answer.at("token");
  }

  fixtures::WrittenStore store_;
  fixtures::MovableClock clock_;
  fixtures::SeededEntropy entropy_;
  base::IdGenerator ids_{clock_, entropy_};
};

TEST_F(AccountStateTest, DisablingEndsSessionsAndTokensAndEnablingBringsNoneBack) {
  const auto session = sign_in();
  const auto machine = token();
  const auto principal = *authenticate(store_.session(), session, clock_.now());
  store_.must_commit(*plan_disabling(store_.session(), account(), clock_.now()));
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(authenticate(store_.session(), session, clock_.now()).error().code, Code::NotSignedIn) << i;
    EXPECT_EQ(authenticate_token(store_.session(), machine, clock_.now()).error().code, Code::NotSignedIn) << i;
    EXPECT_FALSE(check_standing(store_.session(), principal, clock_.now())) << i;
    EXPECT_EQ(account().disabled_at.has_value(), i == 0);
    if (i == 0) store_.must_commit(plan_enabling(account()));
  }
}

TEST_F(AccountStateTest, AStreamOfTheOperatingSystemsUserEndsWithItsAccount) {
  const auto principal = principal_of(account());
  EXPECT_TRUE(check_standing(store_.session(), principal, clock_.now()));
  EXPECT_TRUE(check_standing(store_.session(), system_principal("scheduler"), clock_.now()));
  store_.must_commit(*plan_disabling(store_.session(), account(), clock_.now()));
  EXPECT_FALSE(check_standing(store_.session(), principal, clock_.now()));
}

TEST_F(AccountStateTest, DoingItTwiceIsNoSecondEntry) {
  EXPECT_TRUE(plan_enabling(account()).act.action.empty());
  store_.must_commit(*plan_disabling(store_.session(), account(), clock_.now()));
  const auto again = plan_disabling(store_.session(), account(), clock_.now());
  EXPECT_TRUE(again->rows.empty());
  EXPECT_TRUE(again->act.action.empty());
}

TEST_F(AccountStateTest, APasswordThatWasGivenIsToBeChangedAndEndsTheSessions) {
  const auto before = sign_in();
  EXPECT_FALSE(authenticate(store_.session(), before, clock_.now())->must_change_password);
  store_.must_commit(*plan_password_reset(store_.session(), account(), "given", clock_.now()));
  EXPECT_FALSE(authenticate(store_.session(), before, clock_.now()).has_value());
  EXPECT_EQ(account().password, "given");
  const auto first = sign_in();
  const auto principal = *authenticate(store_.session(), first, clock_.now());
  EXPECT_TRUE(principal.must_change_password);
  store_.must_commit(*plan_new_password(store_.session(), account(), "own", principal.session, clock_.now()));
  EXPECT_FALSE(authenticate(store_.session(), first, clock_.now())->must_change_password);
  EXPECT_FALSE(account().password_given_at.has_value());
}

TEST_F(AccountStateTest, ASecondFactorIsTakenOffWithoutItsCode) {
  const auto principal = principal_of(account());
  EXPECT_TRUE(plan_factor_reset(store_.session(), principal.id)->rows.empty());
  store_.must_commit(*plan_offer(store_.session(), principal, entropy_));
  store_.must_commit(*plan_factor_reset(store_.session(), principal.id));
  const auto factor = second_factor_of(store_.session(), principal.id);
  EXPECT_FALSE(factor->offered || factor->active);
  EXPECT_EQ(factor->secret, "");
}

}  // namespace
}  // namespace zeren::access
