// Another system that is told of events, over real sockets, and does not always behave.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"
#include "integration/webhook_receiver.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::HasSubstr;
using testing::Not;

// Short, so that who hangs is given up soon; loopback only because the list says so.
constexpr auto kSettings = R"({
  // Written by the test.
  "webhooks": {"allow": ["127.0.0.1"], "patience_seconds": 1},
  "retry": {"attempts": 3, "first_seconds": 10, "longest_seconds": 60}
})";

class WebhookTest : public testing::Test {
 protected:
  Json subscribe(const Official& official, const std::string& type = "zeren.record.*") const {
    const auto made = official.post("/api/v1/webhooks", {{"url", receiver_.url()}, {"types", {type}}});
    EXPECT_EQ(made.status, 201) << made.body.dump();
    return made.body;
  }
  Json webhook_of(const Official& official) const {
    return official.get("/api/v1/webhooks").body.at("items").at(0);
  }
  // Asked again until it is so: told by another thread.
  bool comes_true(const std::function<bool()>& condition) const {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::yield();
    }
    return true;
  }
  void later(std::chrono::seconds by) { served_.advance(by); }

  ServedDeployment served_{{}, kSettings};
  WebhookReceiver receiver_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
};

TEST_F(WebhookTest, TellsWhatTheAccountMayReadSignedAsStandardWebhooksSay) {
  const auto webhook = subscribe(clerk_);
  const auto stranger = served_.sign_in("yunxiu-clerk");
  draft_report(stranger, "yunxiu", "2025");  // of another unit: not told
  const auto record = draft_report(clerk_, "qinglan-finance", "2025");
  const auto told = receiver_.received(1);
  ASSERT_EQ(told.size(), 1U);
  const auto event = told[0].event();
  EXPECT_EQ(event.value("specversion", ""), "1.0");
  EXPECT_EQ(event.value("type", ""), "zeren.record.draft");
  EXPECT_EQ(event.value("subject", ""), "record/" + record);
  const auto& headers = told[0].headers;
  EXPECT_EQ(headers.at("webhook-id"), event.value("id", ""));
  EXPECT_EQ(headers.at("webhook-signature"),
            app::webhook_signature(webhook.value("secret", ""), headers.at("webhook-id"),
                                   std::stoll(headers.at("webhook-timestamp")), told[0].body));
  EXPECT_EQ(headers.at("content-type"), "application/cloudevents+json");
}

TEST_F(WebhookTest, TellsAgainWhoFailedHungDrippedOrCutTheConnection) {
  subscribe(clerk_, "zeren.record.draft");
  for (const auto* behaviour : {"500", "hang"}) receiver_.next(behaviour);
  draft_report(clerk_, "qinglan-finance", "2025");
  ASSERT_EQ(receiver_.received(1).size(), 1U);
  ASSERT_TRUE(comes_true([&] { return webhook_of(clerk_).value("waiting", 0) == 1; }));
  later(std::chrono::seconds(11));
  ASSERT_EQ(receiver_.received(2).size(), 2U);
  ASSERT_TRUE(comes_true([&] { return clerk_.get("/api/v1/deliveries").body.at("items").at(0).value("attempts", 0) == 2; }));
  later(std::chrono::seconds(21));
  const auto told = receiver_.received(3);
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[0].headers.at("webhook-id"), told[2].headers.at("webhook-id")) << "the same event";
  EXPECT_TRUE(comes_true([&] { return webhook_of(clerk_).value("waiting", -1) == 0; }));
}

TEST_F(WebhookTest, SetsAsideWhatNobodyTakesAndReplaysItOnRequest) {
  subscribe(clerk_, "zeren.record.draft");
  for (const auto* behaviour : {"cut", "drip", "302\r\nlocation: http://127.0.0.1:1/"}) receiver_.next(behaviour);
  draft_report(clerk_, "qinglan-finance", "2025");
  for (std::size_t attempt = 1; attempt <= 3; ++attempt) {
    ASSERT_EQ(receiver_.received(attempt).size(), attempt);
    ASSERT_TRUE(comes_true([&] {
      const auto items = clerk_.get("/api/v1/deliveries").body.at("items");
      return !items.empty() && items[0].value("attempts", std::size_t{0}) == attempt;
    }));
    later(std::chrono::seconds(61));
  }
  const auto letter = clerk_.get("/api/v1/deliveries").body.at("items").at(0);
  EXPECT_EQ(letter.value("state", ""), "dead");
  const auto path = "/api/v1/deliveries/" + letter.value("consumer", "") + "/" + letter.at("seq").dump() + "/replay";
  EXPECT_EQ(served_.sign_in("yunxiu-clerk").post(path, Json::object()).status, 404);
  EXPECT_EQ(clerk_.post(path, Json::object()).status, 200);
  EXPECT_EQ(receiver_.received(4).size(), 4U);
  EXPECT_TRUE(comes_true([&] { return webhook_of(clerk_).value("dead", -1) == 0; }));
}

TEST_F(WebhookTest, EndsWithGoneAndTellsWhy) {
  subscribe(clerk_);
  receiver_.next("410");
  draft_report(clerk_, "qinglan-finance", "2025");
  EXPECT_TRUE(comes_true([&] { return webhook_of(clerk_).value("state", "") == "ended"; }));
  EXPECT_THAT(webhook_of(clerk_).value("reason", ""), HasSubstr("410"));
}

TEST_F(WebhookTest, WaitsAsLongAsTheReceiverAsks) {
  subscribe(clerk_);
  receiver_.next("503\r\nretry-after: 600");
  const auto record = draft_report(clerk_, "qinglan-finance", "2025");
  ASSERT_EQ(receiver_.received(1).size(), 1U);
  ASSERT_TRUE(comes_true([&] { return webhook_of(clerk_).value("waiting", 0) == 1; }));
  take_step(clerk_, record, "submit");
  later(std::chrono::seconds(300));
  const auto stranger = served_.sign_in("yunxiu-clerk");
  EXPECT_EQ(webhook_of(clerk_).value("state", ""), "active");
  later(std::chrono::seconds(301));
  const auto told = receiver_.received(3);
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[1].event().value("type", ""), "zeren.record.draft");
  EXPECT_EQ(told[2].event().value("type", ""), "zeren.record.submit");
}

TEST_F(WebhookTest, ARestartInBetweenLosesNothing) {
  subscribe(clerk_);
  receiver_.next("500");
  const auto record = draft_report(clerk_, "qinglan-finance", "2025");
  ASSERT_EQ(receiver_.received(1).size(), 1U);
  ASSERT_TRUE(comes_true([&] { return webhook_of(clerk_).value("waiting", 0) == 1; }));
  served_.stop();
  later(std::chrono::seconds(11));
  served_.restart();
  const auto told = receiver_.received(2);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[1].event().value("subject", ""), "record/" + record);
}

TEST_F(WebhookTest, HearsOfItsUnitOnlyWhenItNamesOne) {
  const auto made = clerk_.post("/api/v1/webhooks",
                                {{"url", receiver_.url()}, {"types", {"zeren.*"}}, {"unit", "yunxiu"}});
  ASSERT_EQ(made.status, 201);
  draft_report(clerk_, "qinglan-finance", "2025");
  subscribe(clerk_);
  const auto later = draft_report(clerk_, "qinglan-finance", "2026");
  const auto told = receiver_.received(1);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].event().value("subject", ""), "record/" + later);
}

TEST_F(WebhookTest, GoesNowhereThatTheOperatorDoesNotList) {
  for (const auto* url : {"http://127.0.0.2:80/", "http://localhost/", "http://10.0.0.1/", "http://[::1]/",
                          "http://169.254.169.254/latest", "http://example.cn/", "https://[::ffff:10.0.0.1]/"}) {
    const auto refused = clerk_.post("/api/v1/webhooks", {{"url", url}, {"types", {"zeren.record.*"}}});
    EXPECT_EQ(refused.status, 403) << url;
    EXPECT_EQ(refused.body.value("code", ""), "webhook_address_refused") << url;
  }
  for (const auto* url : {"ftp://127.0.0.1/", "http://u@127.0.0.1/", "http:///x", "http://127.0.0.1:99999/"}) {
    const auto refused = clerk_.post("/api/v1/webhooks", {{"url", url}, {"types", {"zeren.record.*"}}});
    EXPECT_EQ(refused.status, 400) << url;
  }
}

TEST_F(WebhookTest, IsItsAccountsOwnAndEndsOnRequest) {
  const auto id = subscribe(clerk_).value("id", "");
  const auto path = "/api/v1/webhooks/" + id;
  EXPECT_EQ(served_.sign_in("yunxiu-clerk").remove(path).status, 404);
  EXPECT_THAT(webhook_of(clerk_).dump(), Not(HasSubstr("whsec_")));
  EXPECT_EQ(clerk_.remove(path).status, 200);
  EXPECT_EQ(webhook_of(clerk_).value("state", ""), "ended");
  EXPECT_EQ(clerk_.remove(path).status, 200);
}

}  // namespace
}  // namespace zeren::integration
