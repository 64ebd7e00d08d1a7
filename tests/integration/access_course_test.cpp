// Rights beside those of a post: grants, tokens, passwords, sessions that nobody uses, and what a
// recusal finds that was read before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/messages.hpp"
#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::HasSubstr;
using testing::Not;

class AccessCourse : public testing::Test {
 protected:
  Json read_grant(const std::string& account) const {
    return {{"account", account},        {"module", "dual_reports"},   {"type", "principal_report"},
            {"action", "read"},          {"unit", "qinglan"},          {"below", "party_superior"},
            {"sensitivity", "internal"}, {"valid_from", "2026-01-01"}, {"reason", "专项检查"}};
  }
  static std::string code_of(const Answer& answer) { return answer.body.value("code", ""); }
  Official with_token(const std::string& token) const {
    return {served_.client(), served_.contract(), token};
  }
  // Of the audit administrator's page: the newest entry of the action.
  Json newest_entry(const std::string& action) const {
    const auto page =
        served_.sign_in("audit").get("/api/v1/audit/entries?limit=1&action=" + action);
    EXPECT_EQ(page.status, 200);
    const auto items = page.body.value("items", Json::array());
    return items.empty() ? Json() : items.front();
  }

  ServedDeployment served_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
  Official security_ = served_.sign_in("security");
};

TEST_F(AccessCourse, AGrantOpensWhatAPostDoesNotAndItsRevocationClosesIt) {
  const auto record = draft_report(clerk_, "qinglan-finance", "2025");
  const auto other = served_.sign_in("yunxiu-clerk");
  EXPECT_EQ(other.get("/api/v1/records/" + record).status, 404);
  const auto given = security_.post("/api/v1/grants", read_grant("yunxiu-clerk"));
  ASSERT_EQ(given.status, 201) << given.body;
  const auto shown = other.get("/api/v1/records/" + record);
  ASSERT_EQ(shown.status, 200);
  EXPECT_EQ(shown.body.at("content"), complete_content());
  EXPECT_EQ(shown.body.at("steps"), Json::array()) << "who may read may not therefore act";
  EXPECT_EQ(other.get("/api/v1/records").body.at("items").size(), 1U);
  EXPECT_EQ(security_.get("/api/v1/grants").body.at("items").size(), 1U);

  const auto id = given.body.value("id", "");
  EXPECT_EQ(security_.post("/api/v1/grants/" + id + "/revoke", {{"reason", "检查结束"}}).status,
            200);
  EXPECT_EQ(other.get("/api/v1/records/" + record).status, 404);
  EXPECT_EQ(other.get("/api/v1/records").body.at("items"), Json::array());
  EXPECT_EQ(code_of(security_.post("/api/v1/grants/" + id + "/revoke", {{"reason", "再次"}})),
            "grant_unknown");
}

TEST_F(AccessCourse, AGrantOfAStepLetsItsHolderTakeThatStepAndNoOther) {
  const auto record = draft_report(clerk_, "qinglan-finance", "2025");
  auto grant = read_grant("yunxiu-clerk");
  grant["action"] = "submit";
  grant["unit"] = "qinglan-finance";
  ASSERT_EQ(security_.post("/api/v1/grants", grant).status, 201);
  const auto other = served_.sign_in("yunxiu-clerk");
  EXPECT_EQ(edit(other, record, complete_content()).status, 403);
  EXPECT_EQ(take_step(other, record, "void", "试探").status, 403);
  EXPECT_EQ(take_step(other, record, "submit").status, 200);
}

TEST_F(AccessCourse, AGrantEndsOnItsLastDay) {
  const auto record = draft_report(clerk_, "qinglan-finance", "2025");
  auto grant = read_grant("yunxiu-clerk");
  grant["valid_to"] = "2026-01-10";
  ASSERT_EQ(security_.post("/api/v1/grants", grant).status, 201);
  served_.move_to("2026-01-09");
  EXPECT_EQ(served_.sign_in("yunxiu-clerk").get("/api/v1/records/" + record).status, 200);
  served_.move_to("2026-01-10");
  EXPECT_EQ(served_.sign_in("yunxiu-clerk").get("/api/v1/records/" + record).status, 404);
}

TEST_F(AccessCourse, OnlyTheSecurityAdministratorGrantsAndNeverToItself) {
  EXPECT_EQ(clerk_.post("/api/v1/grants", read_grant("yunxiu-clerk")).status, 403);
  EXPECT_EQ(newest_entry("grant.give").value("outcome", ""), "refused");
  EXPECT_EQ(code_of(security_.post("/api/v1/grants", read_grant("security"))), "grant_to_self");
  EXPECT_EQ(security_.post("/api/v1/grants", read_grant("system")).status, 400)
      << "administrators see no records";
  auto classified = read_grant("yunxiu-clerk");
  classified["sensitivity"] = "涉密";
  EXPECT_EQ(code_of(security_.post("/api/v1/grants", classified)), "record_classified");
  EXPECT_EQ(security_.get("/api/v1/grants").body.at("items"), Json::array());
}

TEST_F(AccessCourse, NothingIsGrantedToAnAccountThatBelongsToNobody) {
  ASSERT_EQ(security_.post("/api/v1/accounts", {{"name", "nobody"}, {"password", "chosen by another"}}).status, 201);
  const auto refused = security_.post("/api/v1/grants", read_grant("nobody"), {{}, {}, "zh-CN"});
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.body.value("pointer", ""), "/account");
  EXPECT_THAT(refused.body.value("detail", ""), HasSubstr("未对应任职人员"));
  EXPECT_EQ(security_.get("/api/v1/grants").body.at("items"), Json::array());
}

TEST_F(AccessCourse, ASensitiveRecordIsNotSeenByAGrantForInternalOnes) {
  const Json body{{"obligation", obligation_of(clerk_, "qinglan-finance", "2025").at("id")},
                  {"content", complete_content()},
                  {"sensitivity", "sensitive"}};
  const auto made = clerk_.post("/api/v1/records", body);
  ASSERT_EQ(made.status, 201);
  const auto path = "/api/v1/records/" + made.body.value("id", "");
  EXPECT_EQ(clerk_.get(path).body.at("sensitivity"), "sensitive");
  const auto other = served_.sign_in("yunxiu-clerk");
  auto grant = read_grant("yunxiu-clerk");
  ASSERT_EQ(security_.post("/api/v1/grants", grant).status, 201);
  EXPECT_EQ(other.get(path).status, 404);
  EXPECT_EQ(other.get("/api/v1/records").body.at("items"), Json::array());
  grant["sensitivity"] = "sensitive";
  ASSERT_EQ(security_.post("/api/v1/grants", grant).status, 201);
  EXPECT_EQ(other.get(path).status, 200);
}

TEST_F(AccessCourse, ClassifiedMatterIsRefusedAndNothingOfItIsStored) {
  const Json body{{"obligation", obligation_of(clerk_, "qinglan-finance", "2025").at("id")},
                  {"content", complete_content()},
                  {"sensitivity", "涉密"}};
  const auto refused = clerk_.post("/api/v1/records", body, {{}, {}, "zh-CN"});
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.body.value("detail", ""), HasSubstr("涉密"));
  EXPECT_EQ(clerk_.get("/api/v1/records").body.at("items"), Json::array());
}

TEST_F(AccessCourse, AMachineReadsWithItsTokenAndDoesNoMore) {
  const auto record = draft_report(clerk_, "qinglan-finance", "2025");
  const auto made = clerk_.put("/api/v1/accounts/qinglan-finance-clerk/tokens",
                               {{"name", "月报"}, {"expires", "2026-06-30"}});
  ASSERT_EQ(made.status, 200) << made.body;
  const auto machine = with_token(made.body.value("token", ""));
  EXPECT_EQ(machine.get("/api/v1/records/" + record).status, 200);
  EXPECT_EQ(code_of(take_step(machine, record, "submit")), "token_not_allowed");
  const auto entry = newest_entry("token.use");
  EXPECT_EQ(entry.at("outcome"), "refused");
  EXPECT_EQ(entry.at("objects").at(0).value("id", ""), made.body.value("id", ""))
      << "the entry names the token";
  const auto own = clerk_.get("/api/v1/me/sessions").body;
  EXPECT_EQ(own.at("items").size(), 1U) << "a token is no session";
  ASSERT_EQ(own.at("tokens").size(), 1U);
  EXPECT_THAT(own.dump(), Not(HasSubstr(made.body.value("token", "?"))));

  EXPECT_EQ(
      clerk_.remove("/api/v1/accounts/qinglan-finance-clerk/tokens/" + made.body.value("id", ""))
          .status,
      200);
  EXPECT_EQ(machine.get("/api/v1/me").status, 401);
}

TEST_F(AccessCourse, ATokenKeepsToItsRoutesAndEndsOnItsDay) {
  const auto tokens = std::string("/api/v1/accounts/qinglan-finance-clerk/tokens");
  EXPECT_EQ(
      clerk_.put(tokens, {{"name", "x"}, {"expires", "2026-02-01"}, {"routes", {"GET /nowhere"}}})
          .status,
      400);
  EXPECT_EQ(clerk_.put(tokens, {{"name", "x"}, {"expires", "2028-02-01"}}).status, 400);
  const auto made =
      clerk_.put(tokens, {{"name", "填报"},
                          {"expires", "2026-02-01"},
                          {"read_only", false},
                          {"routes", {"GET /api/v1/obligations", "POST /api/v1/records"}}});
  ASSERT_EQ(made.status, 200);
  const auto machine = with_token(made.body.value("token", ""));
  const auto record = draft_report(machine, "qinglan-finance", "2025");
  EXPECT_FALSE(record.empty());
  EXPECT_EQ(machine.get("/api/v1/records/" + record).status, 403);
  const auto entry = newest_entry("record.draft");
  EXPECT_THAT(entry.at("objects").dump(), HasSubstr(made.body.value("id", "?")));
  served_.move_to("2026-02-01");
  EXPECT_EQ(machine.get("/api/v1/obligations").status, 200);
  served_.move_to("2026-02-02");
  EXPECT_EQ(machine.get("/api/v1/obligations").status, 401);
}

TEST_F(AccessCourse, AMachineMakesNoTokenAndNobodyMakesOneForAnother) {
  const auto own = std::string("/api/v1/accounts/qinglan-finance-clerk/tokens");
  const Json wanted{{"name", "x"}, {"expires", "2026-02-01"}, {"read_only", false}};
  const auto refused = security_.put(own, wanted);
  EXPECT_EQ(refused.status, 403) << "not the security administrator either: it would act as the account";
  EXPECT_EQ(newest_entry("token.create").value("outcome", ""), "refused");
  const auto made = clerk_.put(own, wanted);
  ASSERT_EQ(made.status, 200) << made.body;
  ASSERT_EQ(security_.get(own).body.at("items").size(), 1U);
  EXPECT_EQ(code_of(with_token(made.body.value("token", "")).put(own, wanted)),
            "token_not_allowed");
  EXPECT_EQ(served_.sign_in("yunxiu-clerk").put(own, wanted).status, 403);
  EXPECT_EQ(served_.sign_in("yunxiu-clerk").get(own).status, 403);
}

TEST_F(AccessCourse, ANewPasswordEndsTheOtherSessions) {
  const auto elsewhere = served_.sign_in("qinglan-finance-clerk");
  const auto old = served_.password("qinglan-finance-clerk");
  EXPECT_EQ(
      clerk_.put("/api/v1/me/password", {{"current", "wrong"}, {"new", "another one 42"}}).status,
      401);
  const auto refused = newest_entry("password.change");
  EXPECT_EQ(refused.value("outcome", ""), "refused");
  EXPECT_EQ(refused.at("objects").at(0).value("type", ""), "account");
  EXPECT_EQ(clerk_.put("/api/v1/me/password", {{"current", old}, {"new", "short"}}).status, 422);
  const auto changed =
      clerk_.put("/api/v1/me/password", {{"current", old}, {"new", "another one 42"}});
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.body.at("sessions_ended"), 1);
  EXPECT_EQ(clerk_.get("/api/v1/me").status, 200);
  EXPECT_EQ(elsewhere.get("/api/v1/me").status, 401);
  Official::sign_in(served_.client(), served_.contract(), "qinglan-finance-clerk",
                    "another one 42");
}

TEST_F(AccessCourse, AWrongOneTimeCodeLeavesARefusedEntry) {
  ASSERT_EQ(clerk_.put("/api/v1/me/second-factor", Json::object()).status, 200);
  EXPECT_EQ(clerk_.put("/api/v1/me/second-factor/confirmation", {{"code", "000000"}}).status, 403);
  const auto entry = newest_entry("second_factor.confirm");
  EXPECT_EQ(entry.value("outcome", ""), "refused");
  EXPECT_EQ(entry.at("objects").at(0).value("type", ""), "account");
}

TEST_F(AccessCourse, ASessionThatNobodyUsesEnds) {
  served_.advance(std::chrono::minutes{29});
  EXPECT_EQ(clerk_.get("/api/v1/me").status, 200);
  served_.advance(std::chrono::minutes{29});
  EXPECT_EQ(clerk_.get("/api/v1/me").status, 200) << "it was used in between";
  served_.advance(std::chrono::minutes{31});
  EXPECT_EQ(clerk_.get("/api/v1/me").status, 401);
}

TEST_F(AccessCourse, ARecusalSaysWhatThePersonHasReadBefore) {
  const auto record = draft_report(clerk_, "qinglan-finance", "2025");
  EXPECT_EQ(clerk_.get("/api/v1/records/" + record).status, 200);
  served_.advance(std::chrono::minutes{5});
  EXPECT_EQ(clerk_.get("/api/v1/records/" + record).status, 200);
  const auto recused =
      clerk_.post("/api/v1/records/" + record + "/recusals", {{"relation", "近亲属"}});
  ASSERT_EQ(recused.status, 200) << recused.body;
  const auto reads = recused.body.at("earlier_reads");
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_NE(reads[0].at("first"), reads[0].at("last"));
  EXPECT_EQ(clerk_.get("/api/v1/records/" + record).status, 403);
}

TEST_F(AccessCourse, WhatIsForbiddenIsCalledByItsTitleInTheReadersLanguage) {
  const auto chinese = clerk_.get("/api/v1/grants", "zh-CN").body.value("detail", "");
  EXPECT_THAT(chinese, HasSubstr("管理账号和权限"));
  EXPECT_THAT(chinese, HasSubstr("安全管理员"));
  EXPECT_THAT(clerk_.get("/api/v1/grants").body.value("detail", ""), HasSubstr("manage accounts"));
}

}  // namespace
}  // namespace zeren::integration
