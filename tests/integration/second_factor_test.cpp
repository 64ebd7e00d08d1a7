// One-time codes and sessions over HTTP, as the owner of an account uses them.
#include <gtest/gtest.h>

#include "access/one_time_code.hpp"
#include "integration/official.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;

class SecondFactor : public testing::Test {
 protected:
  // The code `ahead` steps from now.
  std::string code_of(const std::string& secret, int ahead = 0) const {
    return access::code_of_step(secret, base::to_millis(served_.now()) / 30'000 + ahead);
  }

  Answer knock(const std::string& account, const std::string& password, const std::string& code) const {
    return ask(served_.client(), served_.contract(),
               request_of("POST", "/api/v1/sessions",
                          {{"account", account}, {"password", password}, {"code", code}}));
  }

  ServedDeployment served_;
};

TEST_F(SecondFactor, IsOfferedConfirmedAskedForAndTakenOff) {
  const auto clerk = served_.sign_in("qinglan-clerk");
  const auto offer = clerk.put("/api/v1/me/second-factor", Json::object());
  ASSERT_EQ(offer.status, 200);
  const auto secret = offer.body.value("secret", "");
  EXPECT_FALSE(clerk.get("/api/v1/me").body.value("second_factor", true));
  const auto wrong = clerk.put("/api/v1/me/second-factor/confirmation", {{"code", "000000"}});
  EXPECT_EQ(wrong.status, 403);
  EXPECT_EQ(wrong.body.value("code", ""), "second_factor_wrong");
  EXPECT_EQ(clerk.put("/api/v1/me/second-factor/confirmation", {{"code", code_of(secret, -1)}}).status,
            200);
  EXPECT_TRUE(clerk.get("/api/v1/me").body.value("second_factor", false));

  const auto password = served_.password("qinglan-clerk");
  const auto without = knock("qinglan-clerk", password, "");
  EXPECT_EQ(without.status, 401);
  EXPECT_EQ(without.body.value("code", ""), "second_factor_missing");
  EXPECT_EQ(knock("qinglan-clerk", "wrong password", "").body.value("code", ""), "sign_in_failed")
      << "who does not know the password does not learn of the second factor";
  EXPECT_EQ(knock("qinglan-clerk", password, code_of(secret)).status, 201);
  EXPECT_EQ(clerk.put("/api/v1/me/second-factor/removal", {{"code", code_of(secret, 1)}}).status, 200);
  EXPECT_EQ(knock("qinglan-clerk", password, "").status, 201);
}

TEST_F(SecondFactor, WrongPasswordsLockTheAccountForAWhile) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(knock("security", "wrong password", "").status, 401);
  const auto locked = knock("security", served_.password("security"), "");
  EXPECT_EQ(locked.status, 429);
  EXPECT_EQ(locked.body.value("code", ""), "too_many_attempts");
  EXPECT_EQ(knock("system", served_.password("system"), "").status, 201);
}

TEST_F(SecondFactor, SessionsAreListedAndEnded) {
  const auto here = served_.sign_in("qinglan-clerk");
  const auto elsewhere = served_.sign_in("qinglan-clerk");
  const auto list = here.get("/api/v1/me/sessions").body.at("items");
  ASSERT_EQ(list.size(), 2U);
  const auto other = list[0].at("current") == true ? list[1] : list[0];
  EXPECT_EQ(here.remove("/api/v1/me/sessions/" + other.value("id", "")).status, 200);
  EXPECT_EQ(elsewhere.get("/api/v1/me").status, 401);
  EXPECT_EQ(here.remove("/api/v1/me/sessions/" + other.value("id", "")).status, 404);

  EXPECT_EQ(here.remove("/api/v1/accounts/qinglan-clerk/sessions").status, 403);
  const auto security = served_.sign_in("security");
  EXPECT_EQ(security.remove("/api/v1/accounts/qinglan-clerk/sessions").status, 200);
  EXPECT_EQ(here.get("/api/v1/me").status, 401);
  EXPECT_EQ(security.remove("/api/v1/accounts/nobody/sessions").status, 404);
}

}  // namespace
}  // namespace zeren::integration
