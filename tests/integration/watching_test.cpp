// Listening to what happens, and watching over the host.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/raw_connection.hpp"
#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::chrono::seconds kLong{20};

class WatchingTest : public testing::Test {
 protected:
  RawConnection listener(const Official& official, const std::string& last_id = "") const {
    RawConnection connection(served_.port());
    connection.say("GET /api/v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + official.token() +
                   "\r\n" + (last_id.empty() ? "" : "last-event-id: " + last_id + "\r\n") + "\r\n");
    connection.heard("\r\n\r\n", kLong);
    return connection;
  }

  ServedDeployment served_;
};

TEST_F(WatchingTest, ListenersHearWhatHappensInTheirUnitAndOthersDoNot) {
  const auto clerk = served_.sign_in("qinglan-finance-clerk");
  const auto stranger = served_.sign_in("yunxiu-clerk");
  auto own = listener(clerk);
  auto other = listener(stranger);
  EXPECT_THAT(own.heard("\r\n\r\n", kLong), HasSubstr("text/event-stream"));
  const auto record = draft_report(clerk, "qinglan-finance", "2025");
  ASSERT_FALSE(record.empty());
  const auto& heard = own.heard("zeren.record.draft", kLong);
  EXPECT_THAT(heard, HasSubstr("\"specversion\":\"1.0\""));
  EXPECT_THAT(heard, HasSubstr("record/" + record));
  // A record of its own shows that the stranger's stream is alive, and that nothing else came before.
  draft_report(stranger, "yunxiu", "2025");
  EXPECT_THAT(other.heard("zeren.record.draft", kLong), Not(HasSubstr(record)));
}

TEST_F(WatchingTest, WhoComesBackHearsWhatWasMissed) {
  const auto clerk = served_.sign_in("qinglan-finance-clerk");
  const auto record = draft_report(clerk, "qinglan-finance", "2025");
  auto late = listener(clerk, "0");
  EXPECT_THAT(late.heard(record, kLong), HasSubstr("record/" + record));
}

TEST_F(WatchingTest, WhoHeardMoreThanThereIsIsToldInsteadOfWaiting) {
  const auto clerk = served_.sign_in("qinglan-finance-clerk");
  auto ahead = listener(clerk, "999999");  // as after a restored backup
  EXPECT_THAT(ahead.heard("request_malformed", kLong), HasSubstr("HTTP/1.1 400"));
}

TEST_F(WatchingTest, TheStreamEndsWithTheSession) {
  const auto clerk = served_.sign_in("qinglan-finance-clerk");
  auto stream = listener(clerk);
  EXPECT_EQ(clerk.remove("/api/v1/sessions/current").status, 200);
  EXPECT_TRUE(stream.is_closed(kLong));
}

TEST_F(WatchingTest, TheStreamEndsWhenNobodyUsesTheSession) {
  const auto clerk = served_.sign_in("qinglan-finance-clerk");
  auto stream = listener(clerk);
  stream.heard("\r\n\r\n", kLong);
  served_.advance(app::kDefaultIdle + std::chrono::minutes(1));
  EXPECT_TRUE(stream.is_closed(kLong));  // listening itself is no use
}

TEST_F(WatchingTest, TheStreamEndsWithTheToken) {
  const auto clerk = served_.sign_in("qinglan-finance-clerk");
  const std::string tokens = "/api/v1/accounts/qinglan-finance-clerk/tokens";
  const auto made = clerk.put(tokens, {{"name", "值班室"}, {"expires", "2026-06-30"}});
  RawConnection stream(served_.port());
  stream.say("GET /api/v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " +
             made.body.value("token", "") + "\r\n\r\n");
  EXPECT_THAT(stream.heard("\r\n\r\n", kLong), HasSubstr("text/event-stream"));
  EXPECT_EQ(clerk.remove(tokens + "/" + made.body.value("id", "")).status, 200);
  EXPECT_TRUE(stream.is_closed(kLong));
}

TEST_F(WatchingTest, AnUnreadableCursorIsRefused) {
  const auto clerk = served_.sign_in("qinglan-finance-clerk");
  for (const auto* id : {"x", "-1", "1x"}) {
    auto request = request_of("GET", "/api/v1/events");
    request.headers["authorization"] = "Bearer " + clerk.token();
    request.headers["last-event-id"] = id;
    EXPECT_EQ(ask(served_.client(), served_.contract(), request).body.value("code", ""),
              "cursor_invalid")
        << id;
  }
}

TEST_F(WatchingTest, MetricsAreForTheSystemAdministrator) {
  const auto clerk = served_.sign_in("qinglan-finance-clerk");
  EXPECT_EQ(clerk.get("/metrics").status, 403);
  const auto system = served_.sign_in("system");
  auto request = request_of("GET", "/metrics");
  request.headers["authorization"] = "Bearer " + system.token();
  const auto text = served_.client().send(request).value();
  EXPECT_EQ(text.status, 200);
  EXPECT_THAT(text.body, HasSubstr("zeren_log_entries "));
  EXPECT_THAT(text.body, HasSubstr("route=\"/api/v1/sessions\""));
  EXPECT_EQ(served_.contract().fault_of("GET", "/metrics", text), "");
}

TEST_F(WatchingTest, StopsWhileSomebodyListens) {
  const auto clerk = served_.sign_in("qinglan-finance-clerk");
  auto stream = listener(clerk);
  served_.stop();
  EXPECT_TRUE(stream.is_closed(kLong));
}

}  // namespace
}  // namespace zeren::integration
