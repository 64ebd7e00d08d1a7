// The rules as people meet them: what is in force, what a change would do, what a waiver allows, and when.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::IsEmpty;
using testing::SizeIs;

std::string january(int day) {
  return "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=" + std::to_string(day);
}

class RulesTest : public testing::Test {
 protected:
  static Json settings(const std::string& unit, Json values, const std::string& from) {
    return {{"module", "dual_reports"}, {"issuer", unit}, {"basis", "doc 1"}, {"valid_from", from},
            {"parameters", std::move(values)}};
  }

  Answer set(const std::string& unit, const Json& values, const std::string& from = "2026-01-01") {
    auto body = settings(unit, values, from);
    body.erase("module");  // the path says it
    return served_.sign_in("system").post("/api/v1/modules/dual_reports/parameters", body);
  }

  Answer try_out(const std::string& unit, const Json& values, const std::string& from = "2026-01-01") {
    return served_.sign_in("system").post("/api/v1/rules/trials", settings(unit, values, from));
  }

  Json derive() {
    const auto done = served_.sign_in("system").post("/api/v1/obligations/derivations",
                                                     {{"from", "2026-01-01"}, {"to", "2028-01-01"}});
    EXPECT_EQ(done.status, 200);
    return done.body;
  }

  Json obligations(const std::string& unit = "") {
    return served_.sign_in("qinglan-clerk").get("/api/v1/obligations?unit=" + unit).body.at("items");
  }

  std::vector<std::string> due(const std::string& unit) {
    std::vector<std::string> dates;
    for (const auto& item : obligations(unit)) {
      const auto rule = item.at("rule").get<std::string>();
      if (rule == "DR1" || rule == "DR2") dates.push_back(item.at("due").get<std::string>());
    }
    return dates;
  }

  Answer waive(const std::string& account, const std::string& to = "2026-03-01",
               const std::string& value = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=15") {
    return served_.sign_in(account).post("/api/v1/modules/dual_reports/waivers",
                                         {{"parameter", "due"}, {"unit", "yunxiu-baitan"},
                                          {"granted_by", "yunxiu"}, {"value", value},
                                          {"basis", "doc 2"}, {"valid_from", "2026-01-01"},
                                          {"valid_to", to}});
  }

  Json explained(const std::string& unit, const std::string& parameter = "due") {
    const auto answer = served_.sign_in("yunxiu-clerk").get(
        "/api/v1/modules/dual_reports/parameters?unit=" + unit);
    EXPECT_EQ(answer.status, 200);
    for (const auto& item : answer.body.at("items")) {
      if (item.at("parameter") == parameter) return item;
    }
    return Json();
  }

  ServedDeployment served_;
};

TEST_F(RulesTest, SayWhatIsInForceWhoSetItAndWhatBinds) {
  ASSERT_EQ(set("yunxiu", {{"due", january(20)}}).status, 200);
  const auto below = explained("yunxiu-baitan");
  EXPECT_EQ(below.at("value"), january(20));
  EXPECT_EQ(below.at("set_by").at("code"), "yunxiu");
  EXPECT_EQ(below.at("basis"), "doc 1");
  ASSERT_THAT(below.at("floors"), SizeIs(1));
  EXPECT_EQ(below.at("floors").at(0).at("value"), january(20));
  EXPECT_EQ(below.at("waiver"), Json());
  const auto beside = explained("wangchuan");
  EXPECT_EQ(beside.at("value"), january(31));
  EXPECT_EQ(beside.at("set_by").at("code"), "qinglan");
  EXPECT_EQ(explained("yunxiu", "calendar_policy").at("set_by"), Json());
  EXPECT_THAT(explained("yunxiu", "calendar_policy").at("floors"), IsEmpty());
}

TEST_F(RulesTest, AreExplainedForAnyDayAndRefuseWhatDoesNotExist) {
  const auto clerk = served_.sign_in("yunxiu-clerk");
  const auto ask = [&](const std::string& target) {
    return clerk.get("/api/v1/modules/" + target);
  };
  EXPECT_EQ(ask("dual_reports/parameters?unit=yunxiu&on=2025-06-01").body.at("on"), "2025-06-01");
  EXPECT_EQ(ask("dual_reports/parameters?unit=nowhere").status, 404);
  EXPECT_EQ(ask("no_such_module/parameters?unit=yunxiu").status, 403);
  EXPECT_EQ(ask("dual_reports/parameters?unit=yunxiu&on=someday").status, 422);
}

TEST_F(RulesTest, AreTriedWithoutBeingWritten) {
  const auto before = obligations();
  const auto tried = try_out("yunxiu", {{"due", january(15)}});
  ASSERT_EQ(tried.status, 200);
  EXPECT_EQ(tried.body.at("counts"),
            Json({{"appear", 0}, {"move", 12}, {"overdue", 0}, {"vanish", 0}}));
  const auto& moved = tried.body.at("move").at(0);
  EXPECT_EQ(moved.at("due").get<std::string>().substr(4), "-01-15");
  EXPECT_EQ(moved.at("due_before").get<std::string>().substr(4), "-01-31");
  EXPECT_EQ(obligations(), before);
  EXPECT_EQ(explained("yunxiu").at("set_by").at("code"), "qinglan");
  EXPECT_EQ(derive(), Json({{"added", 0}, {"missing_recipients", Json::array()}, {"moved", 0},
                            {"superseded", 0}, {"undeclared_years", Json::array()}}));
}

TEST_F(RulesTest, ThatAreTriedTellWhatWouldBeOverdueAtOnce) {
  served_.move_to("2026-01-20");
  const auto tried = try_out("yunxiu", {{"due", january(15)}});
  EXPECT_EQ(tried.body.at("counts").at("overdue"), 6);
  EXPECT_EQ(tried.body.at("counts").at("move"), 12);
  const auto later = try_out("yunxiu", {{"due", january(15)}}, "2026-01-20");
  EXPECT_EQ(later.body.at("counts").at("overdue"), 0);  // this year's date is still to come and stays
  EXPECT_EQ(later.body.at("counts").at("move"), 6);
}

TEST_F(RulesTest, ThatAreTriedTellWhatWouldAppearAndVanish) {
  const auto twice = "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=15";
  const auto more = try_out("yunxiu", {{"due", twice}});
  EXPECT_EQ(more.body.at("counts").at("appear"), 12);
  EXPECT_EQ(more.body.at("counts").at("move"), 12);
  ASSERT_EQ(set("yunxiu", {{"due", twice}}).status, 200);
  EXPECT_EQ(derive().at("added"), 12);
  const auto fewer = try_out("yunxiu", {{"due", january(15)}});
  EXPECT_EQ(fewer.body.at("counts"),
            Json({{"appear", 0}, {"move", 0}, {"overdue", 0}, {"vanish", 12}}));
  EXPECT_EQ(fewer.body.at("vanish").at(0).at("occurrence"), 2);
}

TEST_F(RulesTest, AreTriedOnlyByThoseWhoMaySetThemAndOnlyAsTheyMayBeSet) {
  const auto looser = try_out("yunxiu", {{"due", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=15"}});
  EXPECT_EQ(looser.status, 403);
  EXPECT_EQ(looser.body.value("code", ""), "parameter_loosened");
  EXPECT_EQ(try_out("yunxiu", {{"calendar_policy", "NEXT_WORKDAY"}}).status, 403);
  EXPECT_EQ(try_out("nowhere", {{"due", january(15)}}).status, 404);
  EXPECT_EQ(try_out("yunxiu", {{"due", "soon"}}).status, 422);
  const auto body = settings("yunxiu", {{"due", january(15)}}, "2026-01-01");
  EXPECT_EQ(served_.sign_in("yunxiu-principal").post("/api/v1/rules/trials", body).status, 403);
  EXPECT_EQ(served_.sign_in("system").post("/api/v1/rules/trials", {{"module", 7}}).status, 400);
}

TEST_F(RulesTest, MoveDatesToTheWorkingDayBeforeAndSayWhereNoTableWas) {
  ASSERT_EQ(set("yunxiu", {{"calendar_policy", "PREV_WORKDAY"}}).status, 200);
  const auto derived = derive();
  EXPECT_EQ(derived.at("moved"), 12);
  EXPECT_EQ(derived.at("undeclared_years"), Json::array({2027}));
  EXPECT_THAT(due("yunxiu"), testing::ElementsAre("2026-01-30", "2027-01-29"));
  EXPECT_THAT(due("wangchuan"), testing::ElementsAre("2026-01-31", "2027-01-31"));
}

TEST_F(RulesTest, ArePutOffOverAFreeDayOnlyByWhoSetTheDate) {
  EXPECT_EQ(set("yunxiu", {{"calendar_policy", "NEXT_WORKDAY"}}).status, 403);
  EXPECT_EQ(set("qinglan", {{"calendar_policy", "NEXT_WORKDAY"}}).status, 200);
  derive();
  EXPECT_THAT(due("wangchuan"), testing::ElementsAre("2026-02-02", "2027-02-01"));
}

TEST_F(RulesTest, AreWaivedByTheHeadOfTheFloorsOwnerForATime) {
  ASSERT_EQ(set("yunxiu", {{"due", january(20)}}).status, 200);
  // Below the county's floor; the city's, the end of January, is not the county's to waive.
  const auto granted = waive("yunxiu-principal", "2026-03-01", january(31));
  ASSERT_EQ(granted.status, 200) << granted.body;
  EXPECT_EQ(granted.body.at("unit").at("code"), "yunxiu-baitan");
  derive();
  EXPECT_THAT(due("yunxiu-baitan"), testing::ElementsAre("2026-01-31", "2027-01-20"));
  EXPECT_THAT(due("yunxiu"), testing::ElementsAre("2026-01-20", "2027-01-20"));
  const auto waiver = explained("yunxiu-baitan").at("waiver");
  EXPECT_EQ(waiver.at("granted_by").at("code"), "yunxiu");
  EXPECT_EQ(waiver.at("instead_of").at(0).at("value"), january(20));
  served_.move_to("2026-03-01");
  EXPECT_EQ(explained("yunxiu-baitan").at("waiver"), Json());
  EXPECT_EQ(explained("yunxiu-baitan").at("value"), january(20));
}

TEST_F(RulesTest, AreNotWaivedByAnybodyElseNorBeyondTheirOwnFloor) {
  ASSERT_EQ(set("yunxiu", {{"due", january(20)}}).status, 200);
  for (const auto* account : {"system", "security", "yunxiu-clerk", "qinglan-finance-principal"}) {
    const auto refused = waive(account, "2026-03-01", january(31));
    EXPECT_EQ(refused.status, 403) << account;
    EXPECT_EQ(refused.body.value("code", ""), "forbidden") << account;
  }
  const auto beyond = waive("yunxiu-principal");
  EXPECT_EQ(beyond.status, 403);
  EXPECT_EQ(beyond.body.value("code", ""), "waiver_refused");
  EXPECT_EQ(waive("yunxiu-principal", "2028-01-01", january(31)).body.value("code", ""),
            "waiver_refused");
  EXPECT_EQ(explained("yunxiu-baitan").at("value"), january(20));
}

TEST_F(RulesTest, WhatWasWaivedIsListedForWhoeverAsks) {
  ASSERT_EQ(set("yunxiu", {{"due", january(20)}}).status, 200);
  const auto clerk = served_.sign_in("yunxiu-clerk");
  const auto path = std::string("/api/v1/modules/dual_reports/waivers");
  EXPECT_TRUE(clerk.get(path).body.at("items").empty());
  ASSERT_EQ(waive("yunxiu-principal", "2026-03-01", january(31)).status, 200);
  const auto listed = clerk.get(path).body;
  ASSERT_EQ(listed.at("items").size(), 1U);
  const auto& waiver = listed.at("items")[0];
  EXPECT_EQ(waiver.at("unit").at("code"), "yunxiu-baitan");
  EXPECT_EQ(waiver.at("granted_by").at("code"), "yunxiu");
  EXPECT_EQ(waiver.at("parameter"), "due");
  EXPECT_EQ(waiver.at("valid_to"), "2026-03-01");
  EXPECT_EQ(waiver.at("basis"), "doc 2");
  EXPECT_EQ(clerk.get("/api/v1/modules/nothing/waivers").status, 403);
}

TEST_F(RulesTest, AreWaivedOnlyByARequestThatSaysAll) {
  const auto head = served_.sign_in("yunxiu-principal");
  const auto path = "/api/v1/modules/dual_reports/waivers";
  Json body{{"parameter", "due"}, {"unit", "yunxiu-baitan"}, {"granted_by", "yunxiu"},
            {"basis", "doc"},     {"valid_from", "2026-01-01"}, {"valid_to", "2026-02-01"}};
  EXPECT_EQ(head.post(path, body).body.value("pointer", ""), "/value");
  body["value"] = january(31);
  for (const auto* key : {"parameter", "unit", "granted_by", "basis", "valid_from", "valid_to"}) {
    auto less = body;
    less.erase(key);
    EXPECT_EQ(head.post(path, less).status, 400) << key;
  }
  body["granted_by"] = "nowhere";
  EXPECT_EQ(head.post(path, body).status, 404);
}

}  // namespace
}  // namespace zeren::integration
