// From an account to a principal: making it, signing in, being recognised, and what each may do.
#include "access/sign_in.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/digest.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/written_store.hpp"

namespace zeren::access {
namespace {

using base::Code;
using testing::HasSubstr;
using testing::Not;

class SignInTest : public testing::Test {
 protected:
  base::Result<store::ChangeSet> plan(Account account, bool person_known = true) {
    return plan_account(store_.session(), std::move(account), person_known, ids_, clock_.now());
  }

  Account account(const std::string& name, std::optional<std::string> person = {},
                  Administers administers = Administers::Nothing) {
    Account wanted;
    wanted.name = name;
    wanted.person = std::move(person);
    wanted.administers = administers;
    store_.must_commit(*plan(wanted));
    return **find_account(store_.session(), name);
  }

  // The token.
  std::string sign_in(const Account& account) {
    const auto change = plan_sign_in(account, ids_, entropy_, clock_.now());
    store_.must_commit(change);
    return change.answer.at("token");
  }

  base::Result<Principal> who(const std::string& token) {
    return authenticate(store_.session(), token, clock_.now());
  }

  fixtures::WrittenStore store_;
  fixtures::MovableClock clock_;
  fixtures::SeededEntropy entropy_;
  base::IdGenerator ids_{clock_, entropy_};
};

TEST_F(SignInTest, AnAccountIsFoundByNameIdAndOperatingSystemUser) {
  Account wanted;
  wanted.name = "finance.clerk-1";
  wanted.person = "person-1";
  wanted.os_user = 1000;
  store_.must_commit(*plan(wanted));
  const auto found = find_account(store_.session(), "finance.clerk-1").value();
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->person, "person-1");
  EXPECT_EQ(find_account_by_id(store_.session(), found->id).value()->name, "finance.clerk-1");
  EXPECT_EQ(find_account_of_os_user(store_.session(), 1000).value()->id, found->id);
  EXPECT_FALSE(find_account_of_os_user(store_.session(), 0).value().has_value());
  EXPECT_FALSE(find_account(store_.session(), "nobody").value().has_value());
}

TEST_F(SignInTest, AnAccountNeedsAPlainNameOfItsOwnAndAKnownPerson) {
  account("clerk");
  Account again;
  again.name = "clerk";
  EXPECT_EQ(plan(again).error().code, Code::AccountExists);
  for (const auto& name : {std::string(), std::string("Clerk"), std::string("a b"),
                           std::string("书记"), std::string(65, 'a')}) {
    Account odd;
    odd.name = name;
    EXPECT_EQ(plan(odd).error().code, Code::ConfigInvalid) << name;
  }
  Account stranger;
  stranger.name = "stranger";
  stranger.person = "nobody";
  EXPECT_EQ(plan(stranger, false).error().code, Code::PersonUnknown);
}

TEST_F(SignInTest, APersonHasOneAccount) {
  // Both are planned before either is there.
  Account first;
  first.name = "first";
  first.person = "person-1";
  Account second = first;
  second.name = "second";
  const auto one = *plan(first);
  const auto other = *plan(second);
  store_.must_commit(one);
  const auto done = store_.commit(other);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, Code::UniqueViolated);
}

TEST_F(SignInTest, StoresADigestAndNeverTheToken) {
  const auto change = plan_sign_in(account("clerk"), ids_, entropy_, clock_.now());
  const auto token = change.answer.at("token").get<std::string>();
  EXPECT_GE(token.size(), 43U);  // 256 bits
  EXPECT_NE(token, change.answer.at("csrf"));
  EXPECT_THAT(store::committed_rows(change).dump(), Not(HasSubstr(token)));
  store_.must_commit(change);
  const auto row = store_.session().first("SELECT token_digest FROM sign_in").value();
  EXPECT_EQ(row->text(0), base::to_base64(base::sha256(token)));
}

TEST_F(SignInTest, RecognisesTheTokenUntilItExpires) {
  const auto clerk = account("clerk", "person-1");
  const auto token = sign_in(clerk);
  clock_.advance(kSessionLength - std::chrono::milliseconds(1));
  const auto principal = who(token);
  ASSERT_TRUE(principal.has_value());
  EXPECT_EQ(principal->id, clerk.id);
  EXPECT_EQ(principal->person.value.text(), "person-1");
  EXPECT_FALSE(principal->csrf.empty());
  clock_.advance(std::chrono::milliseconds(1));
  EXPECT_EQ(who(token).error().code, Code::NotSignedIn);
}

TEST_F(SignInTest, ForgetsASessionThatWasEnded) {
  const auto clerk = account("clerk");
  const auto token = sign_in(clerk);
  const auto other = sign_in(clerk);
  store_.must_commit(
      *plan_end_sessions(store_.session(), clerk.id, who(token)->session, clock_.now()));
  EXPECT_EQ(who(token).error().code, Code::NotSignedIn);
  EXPECT_TRUE(who(other).has_value());
}

TEST_F(SignInTest, KnowsNoOtherToken) {
  sign_in(account("clerk"));
  const auto digest = store_.session().first("SELECT token_digest FROM sign_in").value()->text(0);
  for (const auto& token : {std::string(), std::string("guess"), digest}) {
    EXPECT_EQ(who(token).error().code, Code::NotSignedIn) << token;
  }
}

TEST_F(SignInTest, AnAdministratorIsNoOfficialAndAPersonHasOneAccount) {
  Account both;
  both.name = "auditor";
  both.person = "person-1";
  both.administers = Administers::Audit;
  EXPECT_EQ(plan(both).error().code, Code::ConfigInvalid);
  account("clerk", "person-1");
  Account second;
  second.name = "clerk-2";
  second.person = "person-1";
  EXPECT_EQ(plan(second).error().code, Code::AccountExists);
}

TEST_F(SignInTest, ListsTheOpenSessionsOfOneAccount) {
  const auto clerk = account("clerk");
  sign_in(account("other"));
  const auto first = sign_in(clerk);
  clock_.advance(std::chrono::seconds(1));
  const auto second = sign_in(clerk);
  const auto open = sessions_of(store_.session(), clerk.id, clock_.now()).value();
  ASSERT_EQ(open.size(), 2U);
  EXPECT_EQ(open[0].id, who(second)->session);
  EXPECT_EQ(open[1].id, who(first)->session);
  clock_.advance(kSessionLength - std::chrono::seconds(1));
  EXPECT_EQ(sessions_of(store_.session(), clerk.id, clock_.now())->size(), 1U) << "one has expired";
}

TEST_F(SignInTest, EndsAllSessionsOfAnAccountAndNoOthers) {
  const auto clerk = account("clerk");
  const auto other = sign_in(account("other"));
  const auto first = sign_in(clerk);
  const auto second = sign_in(clerk);
  store_.must_commit(*plan_end_sessions(store_.session(), clerk.id, "", clock_.now()));
  EXPECT_FALSE(who(first));
  EXPECT_FALSE(who(second));
  EXPECT_TRUE(who(other));
  const auto again = plan_end_sessions(store_.session(), clerk.id, "", clock_.now());
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->rows.empty());
}

TEST_F(SignInTest, NobodyEndsASessionThatIsNotTheirs) {
  const auto clerk = account("clerk");
  const auto other = who(sign_in(account("other")))->session;
  const auto ended = plan_end_sessions(store_.session(), clerk.id, other, clock_.now());
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, Code::SessionUnknown);
}

constexpr auto kDuties = {Duty::ImportOrganisation, Duty::RunModules, Duty::SeeSummaries,
                          Duty::ManageAccounts, Duty::ReadLog};

std::set<Duty> duties_of(Administers administers) {
  Account account;
  account.id = "0190";
  account.administers = administers;
  std::set<Duty> may;
  for (const auto duty : kDuties) {
    if (require(principal_of(account), duty)) may.insert(duty);
  }
  return may;
}

TEST(Administrators, ShareNoDutyAndOfficialsHaveNone) {
  EXPECT_EQ(duties_of(Administers::System),
            (std::set{Duty::ImportOrganisation, Duty::RunModules, Duty::SeeSummaries}));
  EXPECT_EQ(duties_of(Administers::Security), std::set{Duty::ManageAccounts});
  EXPECT_EQ(duties_of(Administers::Audit), std::set{Duty::ReadLog});
  EXPECT_EQ(duties_of(Administers::Nothing), std::set<Duty>{});
}

TEST(Administrators, ARefusalNamesTheDutyAndItsHolder) {
  const auto refused = require(principal_of({}), Duty::ReadLog);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::Forbidden);
  EXPECT_EQ(refused.error().args.at("action"), "read the audit log");
  EXPECT_EQ(refused.error().args.at("needs"), "the audit administrator");
}

TEST(Administrators, TheHostItselfMayDoWhatItsCommandsNeed) {
  for (const auto duty : kDuties) {
    EXPECT_TRUE(require(system_principal("scheduler"), duty).has_value());
  }
}

TEST(Administrators, AreStoredByName) {
  for (const auto each : {Administers::Nothing, Administers::System, Administers::Security,
                          Administers::Audit}) {
    EXPECT_EQ(administers_from(name_of(each)), each);
  }
}

}  // namespace
}  // namespace zeren::access
