#include "access/token.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/written_store.hpp"

namespace zeren::access {
namespace {

using base::Code;

class TokenTest : public testing::Test {
 protected:
  TokenTest() {
    Account account;
    account.name = "clerk";
    store_.must_commit(*plan_account(store_.session(), account, true, ids_, clock_.now()));
    account_ = **find_account(store_.session(), "clerk");
  }
  NewToken wanted(std::chrono::hours lasting = std::chrono::hours{24}) const {
    return {"月报", true, {}, clock_.now() + lasting};
  }
  base::Result<store::ChangeSet> plan(const NewToken& wanted) {
    return plan_token(account_, wanted, account_.id, ids_, entropy_, clock_.now());
  }
  std::string make(const NewToken& wanted) {
    const auto change = plan(wanted);
    store_.must_commit(*change);
    return change->answer.value("token", "");
  }
  base::Result<Principal> principal(const std::string& token) {
    return authenticate_token(store_.session(), token, clock_.now());
  }

  fixtures::WrittenStore store_;
  fixtures::MovableClock clock_;
  fixtures::SeededEntropy entropy_;
  base::IdGenerator ids_{clock_, entropy_};
  Account account_;
};

TEST_F(TokenTest, StandsForItsAccountUntilItEnds) {
  const auto token = make(wanted());
  ASSERT_TRUE(principal(token).has_value());
  EXPECT_EQ(principal(token)->id, account_.id);
  EXPECT_EQ(principal(token)->token.name, "月报");
  EXPECT_TRUE(principal(token)->session.empty());
  clock_.advance(std::chrono::hours{24});
  EXPECT_EQ(principal(token).error().code, Code::NotSignedIn);
}

TEST_F(TokenTest, IsKeptAsItsDigestOnly) {
  const auto token = make(wanted());
  const auto row = store_.session().first("SELECT digest FROM token").value();
  EXPECT_EQ(row->text(0), base::to_base64(base::sha256(token)));
  EXPECT_TRUE(is_token(token));
}

TEST_F(TokenTest, OpensNothingOnceItIsRevoked) {
  const auto token = make(wanted());
  const auto id = tokens_of(store_.session(), account_.id, clock_.now())->at(0).id;
  EXPECT_EQ(plan_token_end(store_.session(), "somebody", id, clock_.now()).error().code,
            Code::TokenUnknown);
  store_.must_commit(*plan_token_end(store_.session(), account_.id, id, clock_.now()));
  EXPECT_EQ(principal(token).error().code, Code::NotSignedIn);
  EXPECT_EQ(tokens_of(store_.session(), account_.id, clock_.now())->size(), 0U);
}

TEST_F(TokenTest, NeedsANameAndAnEndWithinAYear) {
  EXPECT_EQ(plan(wanted(std::chrono::hours{0})).error().code, Code::RequestMalformed);
  EXPECT_EQ(plan(wanted(std::chrono::hours{24 * 400})).error().code, Code::RequestMalformed);
  auto unnamed = wanted();
  unnamed.name = " ";
  EXPECT_EQ(plan(unnamed).error().where.pointer, "/name");
}

TEST(TokenRoutes, AreThoseListedAndOfAReaderOnlyGet) {
  Principal machine;
  machine.token = {"t", 1, "月报", true, {"GET /api/v1/units", "POST /api/v1/records"}};
  EXPECT_TRUE(check_route(machine, "GET", "/api/v1/units").has_value());
  EXPECT_EQ(check_route(machine, "GET", "/api/v1/records").error().code, Code::TokenNotAllowed);
  EXPECT_FALSE(check_route(machine, "POST", "/api/v1/records").has_value()) << "it reads only";
  machine.token.read_only = false;
  EXPECT_TRUE(check_route(machine, "POST", "/api/v1/records").has_value());
  machine.token.routes.clear();
  EXPECT_TRUE(check_route(machine, "DELETE", "/api/v1/anything").has_value());
  EXPECT_TRUE(check_route(Principal{}, "DELETE", "/api/v1/anything").has_value()) << "a person";
}

}  // namespace
}  // namespace zeren::access
