// Somebody leaves, forgets a password, loses a second factor or is locked out; and a password that an administrator gave
// opens nothing but its own change.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "access/one_time_code.hpp"
#include "integration/official.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::HasSubstr;
using testing::Not;

constexpr auto kOfficial = "qinglan-clerk";
constexpr auto kItsPath = "/api/v1/accounts/qinglan-clerk";

Json because() { return {{"reason", "本人申请"}}; }

class AccountState : public testing::Test {
 protected:
  Answer knock(const std::string& password, const std::string& from = "", const std::string& account = kOfficial) const {
    auto request = request_of("POST", "/api/v1/sessions", {{"account", account}, {"password", password}});
    if (!from.empty()) request.headers["x-forwarded-for"] = "192.0.2.9, " + from;
    return ask(served_.client(), served_.contract(), request);
  }
  static std::string code_of(const Answer& answer) { return answer.body.value("code", ""); }

  Answer act(const std::string& what) const { return security_.post(std::string(kItsPath) + "/" + what, because()); }

  Json account() const {
    const auto list = security_.get("/api/v1/accounts").body;
    for (const auto& item : list.at("items")) {
      if (item.at("name") == kOfficial) return item;
    }
    return Json::object();
  }

  std::int64_t entries(const std::string& action) const {
    const auto found = served_.sign_in("audit").get("/api/v1/audit/entries?action=" + action);
    return static_cast<std::int64_t>(found.body.at("items").size());
  }

  ServedDeployment served_;
  Official security_ = served_.sign_in("security");
};

TEST_F(AccountState, ADisabledAccountOpensNothingUntilItIsEnabled) {
  const auto clerk = served_.sign_in(kOfficial);
  const auto made = clerk.put(std::string(kItsPath) + "/tokens", {{"name", "x"}, {"expires", "2026-02-01"}});
  ASSERT_EQ(made.status, 200);
  const Official machine{served_.client(), served_.contract(), made.body.value("token", "")};
  ASSERT_EQ(act("disable").status, 200);
  EXPECT_EQ(act("disable").status, 200) << "again changes nothing";
  EXPECT_EQ(clerk.get("/api/v1/me").status, 401);
  EXPECT_EQ(machine.get("/api/v1/me").status, 401);
  EXPECT_TRUE(account().value("disabled", false));
  const auto refused = knock(served_.password(kOfficial));
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(code_of(refused), "account_disabled");
  EXPECT_EQ(code_of(knock("not the password")), "sign_in_failed");
  ASSERT_EQ(act("enable").status, 200);
  EXPECT_EQ(knock(served_.password(kOfficial)).status, 201);
  EXPECT_EQ(machine.get("/api/v1/me").status, 401) << "what has ended stays ended";
  EXPECT_EQ(entries("account.disable"), 1);
  EXPECT_EQ(entries("account.enable"), 1);
}

TEST_F(AccountState, AResetPasswordIsShownOnceAndOpensNothingButItsChange) {
  const auto before = served_.sign_in(kOfficial);
  const auto reset = security_.put(std::string(kItsPath) + "/password", because());
  ASSERT_EQ(reset.status, 200) << reset.body;
  const auto given = reset.body.value("password", "");
  EXPECT_EQ(before.get("/api/v1/me").status, 401);
  EXPECT_EQ(knock(served_.password(kOfficial)).status, 401);
  const auto opened = knock(given);
  ASSERT_EQ(opened.status, 201);
  EXPECT_TRUE(opened.body.value("must_change_password", false));
  const Official owner{served_.client(), served_.contract(), opened.body.value("token", "")};
  EXPECT_TRUE(owner.get("/api/v1/me").body.value("must_change_password", false));
  const auto refused = owner.get("/api/v1/records");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(code_of(refused), "password_change_due");
  EXPECT_EQ(code_of(owner.put("/api/v1/me/second-factor", Json::object())), "password_change_due");
  const auto same = owner.put("/api/v1/me/password", {{"current", given}, {"new", given}});
  EXPECT_EQ(same.body.value("pointer", ""), "/new");
  ASSERT_EQ(owner.put("/api/v1/me/password", {{"current", given}, {"new", "one of my own 42"}}).status, 200);
  EXPECT_EQ(owner.get("/api/v1/records").status, 200);
  EXPECT_FALSE(knock("one of my own 42").body.value("must_change_password", true));
  EXPECT_EQ(entries("password.reset"), 1);
}

TEST_F(AccountState, ThePasswordOfANewAccountIsItsOwnersOnceItIsChanged) {
  ASSERT_EQ(security_.post("/api/v1/accounts", {{"name", "new-one"}, {"password", "chosen by another"}}).status, 201);
  const auto opened = knock("chosen by another", "", "new-one");
  EXPECT_TRUE(opened.body.value("must_change_password", false));
  const Official owner{served_.client(), served_.contract(), opened.body.value("token", "")};
  EXPECT_EQ(code_of(owner.get("/api/v1/units")), "password_change_due");
  EXPECT_EQ(owner.remove("/api/v1/sessions/current").status, 200);
}

TEST_F(AccountState, ALostSecondFactorIsTakenOff) {
  const auto clerk = served_.sign_in(kOfficial);
  const auto secret = clerk.put("/api/v1/me/second-factor", Json::object()).body.value("secret", "");
  const auto code = access::code_of_step(secret, base::to_millis(served_.now()) / 30'000);
  ASSERT_EQ(clerk.put("/api/v1/me/second-factor/confirmation", {{"code", code}}).status, 200);
  EXPECT_TRUE(account().value("second_factor", false));
  EXPECT_EQ(code_of(knock(served_.password(kOfficial))), "second_factor_missing");
  ASSERT_EQ(act("reset-second-factor").status, 200);
  EXPECT_EQ(knock(served_.password(kOfficial)).status, 201);
  EXPECT_EQ(entries("second_factor.reset"), 1);
}

TEST_F(AccountState, AStrangerLocksOnlyHimselfOutAndAnAdministratorUnlocks) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(knock("wrong password", "198.51.100.1").status, 401);
  EXPECT_EQ(knock("wrong password", "198.51.100.1").status, 429);
  EXPECT_EQ(knock(served_.password(kOfficial), "203.0.113.7").status, 201);
  const auto here = ask(served_.local_client(), served_.contract(),
                        request_of("POST", "/api/v1/sessions",
                                   {{"account", kOfficial}, {"password", served_.password(kOfficial)}}));
  EXPECT_EQ(here.status, 201) << "the socket is another source";
  ASSERT_EQ(act("unlock").status, 200);
  EXPECT_EQ(knock(served_.password(kOfficial), "198.51.100.1").status, 201);
  EXPECT_EQ(entries("account.unlock"), 1);
}

TEST_F(AccountState, IsTheSecurityAdministratorsBusinessWithAReasonAndNeverHerOwn) {
  const auto path = std::string(kItsPath);
  for (const auto* other : {"system", "audit", "yunxiu-clerk"}) {
    const auto somebody = served_.sign_in(other);
    EXPECT_EQ(somebody.post(path + "/disable", because()).status, 403) << other;
    EXPECT_EQ(somebody.put(path + "/password", because()).status, 403) << other;
  }
  EXPECT_EQ(code_of(security_.post(path + "/disable", {{"reason", " "}})), "step_reason_missing");
  EXPECT_EQ(security_.post("/api/v1/accounts/nobody/disable", because()).status, 404);
  for (const std::string own : {"disable", "enable", "unlock", "reset-second-factor"}) {
    const auto refused = security_.post("/api/v1/accounts/security/" + own, because(), {{}, {}, "zh-CN"});
    EXPECT_EQ(refused.status, 403) << own;
    EXPECT_THAT(refused.body.value("detail", ""), HasSubstr("另一名安全管理员"));
  }
  EXPECT_EQ(security_.put("/api/v1/accounts/security/password", because()).status, 403);
  EXPECT_THAT(security_.get("/api/v1/accounts").body.dump(), Not(HasSubstr("argon2")));
}

}  // namespace
}  // namespace zeren::integration
