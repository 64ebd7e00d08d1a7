// What people are reminded of while a server is running, as they see it over HTTP.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;

class InboxTest : public testing::Test {
 protected:
  // The clock's thread brings them.
  Json inbox_once_filled(const Official& official) const {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    auto items = Json::array();
    while (items.empty() && std::chrono::steady_clock::now() < until) {
      items = official.get("/api/v1/inbox?unread=true").body.at("items");
      std::this_thread::yield();
    }
    return items;
  }

  static std::vector<std::string> ids(const Official& official, const std::string& list) {
    std::vector<std::string> found;
    const auto answer = official.get(list);
    for (const auto& item : answer.body.at("items")) found.push_back(item.value("id", ""));
    return found;
  }

  ServedDeployment served_;
};

TEST_F(InboxTest, RemindsOfWhatIsOverdueUntilItIsRead) {
  served_.move_to("2026-02-04");
  const auto clerk = served_.sign_in("qinglan-finance-clerk");
  const auto items = inbox_once_filled(clerk);
  ASSERT_FALSE(items.empty());
  EXPECT_EQ(items[0].at("unit").value("code", ""), "qinglan-finance");
  for (const auto& item : items) {
    EXPECT_EQ(clerk.post("/api/v1/inbox/" + item.value("id", "") + "/read", Json::object()).status, 200);
  }
  // More may have come meanwhile: the clock brings a little at a time.
  for (const auto& item : items) {
    EXPECT_THAT(ids(clerk, "/api/v1/inbox?unread=true"), Not(Contains(item.value("id", ""))));
    EXPECT_THAT(ids(clerk, "/api/v1/inbox"), Contains(item.value("id", "")));
  }
  const auto stranger = served_.sign_in("yunxiu-clerk");
  EXPECT_EQ(stranger.post("/api/v1/inbox/" + items[0].value("id", "") + "/read", Json::object()).status, 404);
}

TEST_F(InboxTest, IsEmptyForAdministratorsWhoSeeNoRecords) {
  served_.move_to("2026-02-04");
  inbox_once_filled(served_.sign_in("qinglan-finance-clerk"));
  EXPECT_THAT(served_.sign_in("system").get("/api/v1/inbox").body.at("items"), IsEmpty());
}

}  // namespace
}  // namespace zeren::integration
