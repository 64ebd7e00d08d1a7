// What RFC 9110 and RFC 9112 ask of a server, seen from a raw connection and by requests that say too much.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/raw_connection.hpp"
#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::HasSubstr;
using testing::Not;

constexpr std::chrono::seconds kWait{20};

class HttpRules : public testing::Test {
 protected:
  std::string heard(const std::string& said) const {
    RawConnection connection(served_.port());
    connection.say(said);
    EXPECT_TRUE(connection.is_closed(kWait)) << said.substr(0, 80);
    return connection.heard("no such text", std::chrono::milliseconds(1));
  }

  ServedDeployment served_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
};

TEST_F(HttpRules, AHeadThatCannotBeReadIsAnswered) {
  const std::string twice = "POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n";
  for (const auto& said : {std::string("FOO\r\n\r\n"), std::string("GET /healthz HTTP/1.1\r\n\r\n"),
                           std::string("GET /healthz HTTP/1.1\r\nhost: x\r\nhost: y\r\n\r\n"), std::string("GET / HTTP/9.9\r\nhost: x\r\n\r\n"),
                           twice + "content-length: 3\r\n\r\n{}",
                           twice + "transfer-encoding: chunked\r\n\r\n{}"}) {
    const auto answer = heard(said);
    EXPECT_THAT(answer, HasSubstr("HTTP/1.1 400")) << said;
    EXPECT_THAT(answer, HasSubstr("request_malformed")) << said;
    EXPECT_THAT(answer, HasSubstr("x-request-id: ")) << said;
  }
}

TEST_F(HttpRules, AHeadThatIsTooLargeIsAnsweredToo) {
  const auto answer = heard("GET /healthz HTTP/1.1\r\nhost: x\r\nx: " + std::string(20000, 'x') + "\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("HTTP/1.1 400"));
  EXPECT_THAT(answer, HasSubstr("16 KB"));
}

TEST_F(HttpRules, HeadIsAnsweredAsGetWithoutABodyAndTheConnectionGoesOn) {
  RawConnection connection(served_.port());
  connection.say("HEAD /healthz HTTP/1.1\r\nhost: x\r\n\r\nGET /healthz HTTP/1.1\r\nhost: x\r\n\r\n");
  const auto answers = connection.heard("{\"status\":\"ok\"}", kWait);
  EXPECT_THAT(answers, HasSubstr("Content-Length: 15\r\n\r\nHTTP/1.1 200"))
      << "the second answer follows the first head at once: " << answers;
  RawConnection stranger(served_.port());
  stranger.say("HEAD /api/v1/units HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
  EXPECT_TRUE(stranger.is_closed(kWait));
  EXPECT_THAT(stranger.heard("-", kWait), HasSubstr("HTTP/1.1 401"));
  EXPECT_THAT(stranger.heard("-", kWait), Not(HasSubstr("not_signed_in")));
}

TEST_F(HttpRules, TwoCredentialsAreNone) {
  const std::string sign = "authorization: Bearer " + clerk_.token() + "\r\n";
  const std::string begin = "GET /api/v1/me HTTP/1.1\r\nhost: x\r\nconnection: close\r\n";
  EXPECT_THAT(heard(begin + sign + "\r\n"), HasSubstr("HTTP/1.1 200"));
  EXPECT_THAT(heard(begin + "authorization: Bearer other\r\n" + sign + "\r\n"), HasSubstr("HTTP/1.1 401"));
}

TEST_F(HttpRules, AParameterThatNobodyReadsIsRefused) {
  for (const auto* target : {"/api/v1/obligations?lihgt=red", "/api/v1/audit/entries?foo=1", "/api/v1/me?x=1",
                             "/api/v1/records?field.title=x", "/api/v1/records?order=title",
                             "/api/v1/inbox?unread=maybe"}) {
    const auto answer = clerk_.get(target);
    EXPECT_EQ(answer.status, 400) << target;
    EXPECT_EQ(answer.body.value("code", ""), "request_malformed") << target;
  }
  EXPECT_THAT(clerk_.get("/api/v1/obligations?lihgt=red", "zh-CN").body.value("detail", ""),
              HasSubstr("没有参数“lihgt”"));
  EXPECT_EQ(clerk_.get("/api/v1/obligations?light=red").status, 200);
}

TEST_F(HttpRules, ABodyIsAnObjectOfKnownMembers) {
  const auto record = draft_report(clerk_, "qinglan-finance", "2025");
  const auto submit = "/api/v1/records/" + record + "/steps/submit";
  for (const auto& body : {Json::array({1}), Json(1), Json("x"), Json(true)}) {
    EXPECT_EQ(clerk_.post(submit, body, {1}).status, 400) << body;
  }
  auto request = request_of("POST", submit, {{"reason", ""}});
  request.headers["content-type"] = "application/jsonfoo";
  EXPECT_EQ(clerk_.post(request, {1}).status, 400);
  EXPECT_EQ(clerk_.get("/api/v1/records/" + record).body.at("state"), "collecting");
}

}  // namespace
}  // namespace zeren::integration
