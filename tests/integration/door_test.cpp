// Nobody is served without a principal, and people see only what is theirs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;

class DoorTest : public testing::Test {
 protected:
  http::Response knock(const http::Request& request) const {
    const auto response = served_.client().send(request);
    EXPECT_TRUE(response.has_value());
    return response.value_or(http::Response{0, {}, ""});
  }

  std::map<std::string, std::string, std::less<>> cookie_session(const std::string& account) const {
    const auto session =
        ask(served_.client(), served_.contract(),
            request_of("POST", "/api/v1/sessions",
                       {{"account", account}, {"password", served_.password(account)}}));
    const std::string cookie(http::header(session.headers, "set-cookie"));
    return {{"cookie", cookie.substr(0, cookie.find(';'))},
            {"csrf", session.body.value("csrf", "")}};
  }

  ServedDeployment served_;
};

TEST_F(DoorTest, AnswersNoRouteWithoutAPrincipal) {
  for (const auto& route : http::all_routes()) {
    std::string target;
    for (const auto& segment : route.path) target += "/" + (segment == "*" ? "x" : segment);
    if (route.door == http::Door::Open) {
      EXPECT_THAT(route.method + target, testing::AnyOf("POST/api/v1/sessions", "GET/healthz"));
      continue;
    }
    auto request = request_of(route.method, target);
    EXPECT_EQ(ask(served_.client(), served_.contract(), request).status, 401) << target;
    request.headers["authorization"] = "Bearer forged";
    EXPECT_EQ(ask(served_.client(), served_.contract(), request).status, 401) << target;
    request.headers = {{"cookie", "zeren_session=forged"}};
    EXPECT_EQ(ask(served_.client(), served_.contract(), request).status, 401) << target;
    // The Unix socket vouches for the user, not for the account: this one has none.
    EXPECT_EQ(ask(served_.local_client(), served_.contract(), request_of(route.method, target)).status,
              401)
        << target;
  }
}

TEST_F(DoorTest, DoesNotTellStrangersWhichPathsExist) {
  for (const auto* target : {"/", "/api", "/api/v1/nothing", "/api/v1/units/x", "/zeren.db"}) {
    const auto response = knock(request_of("GET", target));
    EXPECT_EQ(response.status, 401) << target;
    EXPECT_EQ(served_.contract().fault_of_problem(response), "");
  }
  EXPECT_EQ(knock(request_of("PATCH", "/api/v1/units")).status, 401);
  auto known = request_of("GET", "/api/v1/nothing");
  known.headers["authorization"] = "Bearer " + served_.sign_in("qinglan-clerk").token();
  EXPECT_EQ(knock(known).status, 404);
  known.method = "PATCH";
  known.target = "/api/v1/units";
  EXPECT_EQ(knock(known).status, 405);
}

TEST_F(DoorTest, AnswersAlsoWhatIsNotUtf8OrTooLarge) {
  auto request = request_of("POST", "/api/v1/sessions", Json::object());
  request.body = "{\"account\":\"\xff\",\"password\":\"x\"}";
  EXPECT_EQ(knock(request).status, 400);
  request.body = "[" + std::string(2U << 20U, '1') + "]";
  EXPECT_EQ(knock(request).status, 413);
}

TEST_F(DoorTest, RefusesAChangeByCookieWithoutItsCsrfToken) {
  auto session = cookie_session("system");
  auto request = request_of("POST", "/api/v1/organisation/imports", {{"files", Json::object()}});
  request.headers["cookie"] = session["cookie"];
  request.headers["idempotency-key"] = "k-1";
  EXPECT_EQ(ask(served_.client(), served_.contract(), request).body.value("code", ""),
            "csrf_missing");
  request.headers["x-csrf-token"] = cookie_session("security")["csrf"];
  EXPECT_EQ(ask(served_.client(), served_.contract(), request).status, 403);
  request.headers["x-csrf-token"] = session["csrf"];
  EXPECT_NE(ask(served_.client(), served_.contract(), request).status, 403);
}

TEST_F(DoorTest, ReadsByCookieWithoutACsrfTokenAndTellsIt) {
  auto session = cookie_session("system");
  auto request = request_of("GET", "/api/v1/me");
  request.headers["cookie"] = session["cookie"];
  const auto me = ask(served_.client(), served_.contract(), request);
  EXPECT_EQ(me.status, 200);
  EXPECT_EQ(me.body.value("csrf", ""), session["csrf"]);
}

TEST_F(DoorTest, EndsASessionOnceSignedOut) {
  const auto clerk = served_.sign_in("qinglan-clerk");
  EXPECT_EQ(clerk.get("/api/v1/me").status, 200);
  EXPECT_EQ(clerk.remove("/api/v1/sessions/current").status, 200);
  EXPECT_EQ(clerk.get("/api/v1/me").status, 401);
}

TEST_F(DoorTest, RefusesAWrongPasswordAndAnUnknownAccountAlike) {
  const auto details = [&](const std::string& account) {
    const auto answer = ask(served_.client(), served_.contract(),
                            request_of("POST", "/api/v1/sessions",
                                       {{"account", account}, {"password", "wrong-wrong-wrong"}}));
    EXPECT_EQ(answer.status, 401);
    return answer.body.value("detail", "");
  };
  EXPECT_EQ(details("system"), details("nobody-at-all"));
}

TEST_F(DoorTest, ShowsARecordToItsUnitsAndToNobodyElse) {
  const auto clerk = served_.sign_in("qinglan-finance-clerk");
  const auto record = draft_report(clerk, "qinglan-finance", "2025");
  for (const auto* stranger : {"yunxiu-clerk", "yunxiu-principal", "system", "security", "audit",
                               "qinglan-clerk", "qinglan-cdi-clerk"}) {
    const auto other = served_.sign_in(stranger);
    EXPECT_EQ(other.get("/api/v1/records/" + record).status, 404) << stranger;
    EXPECT_EQ(other.get("/api/v1/records").body.at("items"), Json::array()) << stranger;
    EXPECT_EQ(other.put("/api/v1/records/" + record + "/content", {{"content", Json::object()}}, {1})
                  .status,
              404)
        << stranger;
    EXPECT_EQ(other.post("/api/v1/records/" + record + "/steps/submit", Json::object(), {1}).status,
              404)
        << stranger;
  }
  EXPECT_EQ(clerk.get("/api/v1/records").body.at("items").size(), 1U);
}

TEST_F(DoorTest, KeepsTheAdministratorsApart) {
  const auto clerk = served_.sign_in("qinglan-clerk");
  const Json import{{"files", {{"persons.csv", "code,name\np-900,新人\n"}}}};
  const Json account{{"name", "new-one"}};
  for (const auto* other : {"security", "audit", "qinglan-clerk"}) {
    EXPECT_EQ(served_.sign_in(other).post("/api/v1/organisation/imports", import).status, 403) << other;
    EXPECT_EQ(served_.sign_in(other).get("/api/v1/modules").status, 403) << other;
  }
  for (const auto* other : {"system", "audit", "qinglan-clerk"}) {
    EXPECT_EQ(served_.sign_in(other).post("/api/v1/accounts", account).status, 403) << other;
  }
  EXPECT_EQ(served_.sign_in("security").post("/api/v1/accounts", account).status, 201);
  EXPECT_EQ(served_.sign_in("system").get("/api/v1/modules").status, 200);
}

}  // namespace
}  // namespace zeren::integration
