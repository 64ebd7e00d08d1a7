// Clients that are slow, silent, half gone or too many do not hold others up.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "integration/raw_connection.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr seconds kLong{20};

http::Patience short_patience() {
  return {milliseconds(300), milliseconds(300), milliseconds(300), seconds(10)};
}

int health_of(const ServedDeployment& served) {
  return ask(served.client(), served.contract(), request_of("GET", "/healthz")).status;
}

TEST(CrowdTest, IsServedWhileTwoHundredOthersSayNothing) {
  const ServedDeployment served;
  std::vector<RawConnection> silent;
  for (int i = 0; i < 200; ++i) silent.emplace_back(served.port());
  EXPECT_EQ(health_of(served), 200);
}

TEST(CrowdTest, IsServedWhileTwoHundredOthersStopHalfWay) {
  const ServedDeployment served;
  std::vector<RawConnection> halves;
  for (int i = 0; i < 200; ++i) {
    halves.emplace_back(served.port());
    halves.back().say(i % 2 == 0 ? "GET /api/v1/units HT"
                                 : "POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{");
  }
  EXPECT_EQ(health_of(served), 200);
}

TEST(CrowdTest, TheSilentTheSlowAndTheHalfGoneAreCut) {
  const ServedDeployment served(short_patience());
  RawConnection silent(served.port());
  RawConnection slow(served.port());
  slow.say("GET /heal");
  RawConnection half(served.port());
  half.say("POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{");
  EXPECT_TRUE(silent.is_closed(kLong));
  EXPECT_TRUE(slow.is_closed(kLong));
  EXPECT_TRUE(half.is_closed(kLong));
  EXPECT_EQ(health_of(served), 200);
}

TEST(CrowdTest, AConnectionServesOneRequestAfterTheOther) {
  const ServedDeployment served;
  RawConnection client(served.port());
  client.say("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\nGET /healthz HTTP/1.1\r\nhost: x\r\n\r\n");
  const auto twice = client.heard("{\"status\":\"ok\"}HTTP/1.1 200", kLong);
  EXPECT_THAT(twice, HasSubstr("{\"status\":\"ok\"}HTTP/1.1 200"));
}

// Announces a body and never sends it.
RawConnection announced(const ServedDeployment& served, const std::string& path, const std::string& more) {
  RawConnection client(served.port());
  client.say("POST " + path + " HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n" + more + "\r\n\r\n");
  return client;
}

TEST(CrowdTest, ABodyThatIsAnnouncedTooLargeIsRefusedBeforeItComes) {
  const ServedDeployment served;
  auto client = announced(served, "/api/v1/sessions", "content-length: 2000000");
  EXPECT_THAT(client.heard("request_too_large", kLong), HasSubstr("413"));
  EXPECT_TRUE(client.is_closed(kLong));
}

TEST(CrowdTest, WhoShowsNoSignInMayNotSendAnImportsBody) {
  const ServedDeployment served;
  auto client = announced(served, "/api/v1/organisation/imports", "content-length: 9000000");
  EXPECT_THAT(client.heard("request_too_large", kLong), HasSubstr("413"));
}

TEST(CrowdTest, ABodyThatIsTooLargeIsRefusedInTheLanguageAskedFor) {
  const ServedDeployment served;
  auto client = announced(served, "/api/v1/sessions", "accept-language: zh-CN\r\ncontent-length: 2000000");
  EXPECT_THAT(client.heard("内容过大", kLong), HasSubstr("413"));
}

TEST(CrowdTest, AHeadThatIsTooLargeEndsTheConnection) {
  const ServedDeployment served;
  RawConnection client(served.port());
  client.say("GET /healthz HTTP/1.1\r\nhost: x\r\nx-long: " + std::string(40'000, 'a') + "\r\n\r\n");
  EXPECT_TRUE(client.is_closed(kLong));
  EXPECT_EQ(health_of(served), 200);
}

TEST(CrowdTest, WhoAsksFirstIsToldToGoOn) {
  const ServedDeployment served;
  RawConnection client(served.port());
  client.say("POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
             "expect: 100-continue\r\ncontent-length: 2\r\n\r\n");
  EXPECT_THAT(client.heard("\r\n\r\n", kLong), HasSubstr("100 Continue"));
  client.say("{}");
  EXPECT_THAT(client.heard("request_malformed", kLong), HasSubstr("HTTP/1.1 400"));
}

}  // namespace
}  // namespace zeren::integration
