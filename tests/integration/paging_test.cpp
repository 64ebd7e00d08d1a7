// Every list comes in pages; whoever follows `next` sees each item once, whatever is added meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;

/// Follows the pages of `target`, one item each, and does `between` after every page.
template <class Between>
std::vector<std::string> ids_of(const Official& who, const std::string& target, const char* id,
                                const Between& between) {
  const auto start = target + (target.find('?') == std::string::npos ? "?" : "&") + "limit=1";
  std::vector<std::string> ids;
  auto page = who.get(start).body;
  while (true) {
    EXPECT_LE(page.at("items").size(), 1U);
    for (const auto& item : page.at("items")) ids.push_back(item.at(id).dump());
    if (page.at("next").is_null()) return ids;
    between();
    page = who.get(start + "&cursor=" + page.at("next").get<std::string>()).body;
  }
}

std::vector<std::string> whole(const Official& who, const std::string& target, const char* id) {
  std::vector<std::string> ids;
  const auto list = who.get(target + (target.find('?') == std::string::npos ? "?" : "&") + "limit=200").body;
  for (const auto& item : list.at("items")) ids.push_back(item.at(id).dump());
  return ids;
}

class PagingTest : public testing::Test {
 protected:
  /// A grant and a token, which nobody has in the beginning.
  void give_grant_and_token(const Official& security) const {
    const Json grant{{"account", "yunxiu-clerk"}, {"module", "dual_reports"}, {"type", "principal_report"},
                     {"action", "read"},          {"unit", "qinglan"},        {"sensitivity", "internal"},
                     {"valid_from", "2026-01-01"}, {"reason", "专项检查"}};
    EXPECT_EQ(security.post("/api/v1/grants", grant).status, 201);
    const Json token{{"name", "月报"}, {"expires", "2026-06-30"}};
    EXPECT_EQ(clerk_.put("/api/v1/accounts/qinglan-finance-clerk/tokens", token).status, 200);
  }

  ServedDeployment served_;
  Official system_ = served_.sign_in("system");
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
};

TEST_F(PagingTest, PagesTogetherAreTheWholeListInItsOrder) {
  draft_report(clerk_, "qinglan-finance", "2025");
  draft_report(clerk_, "qinglan-finance", "2026");
  const auto security = served_.sign_in("security");
  for (int count = 0; count < 3; ++count) give_grant_and_token(security);
  const auto nothing = [] {};
  const auto committee = served_.sign_in("qinglan-clerk");
  const std::vector<std::tuple<const Official*, const char*, const char*>> lists = {
      {&system_, "/api/v1/units", "code"},
      {&committee, "/api/v1/obligations", "id"},
      {&committee, "/api/v1/obligations?period=2025", "id"},
      {&system_, "/api/v1/modules", "id"},
      {&clerk_, "/api/v1/records", "id"},
      {&clerk_, "/api/v1/tasks", "id"},
      {&clerk_, "/api/v1/me/sessions", "id"},
      {&clerk_, "/api/v1/accounts/qinglan-finance-clerk/tokens", "id"},
      {&clerk_, "/api/v1/webhooks", "id"},
      {&clerk_, "/api/v1/inbox", "id"},
      {&clerk_, "/api/v1/deliveries", "seq"},
      {&security, "/api/v1/grants", "id"},
      {&security, "/api/v1/accounts", "name"}};
  for (const auto& [who, target, id] : lists) {
    EXPECT_EQ(ids_of(*who, target, id, nothing), whole(*who, target, id)) << target;
  }
  EXPECT_GT(whole(committee, "/api/v1/obligations", "id").size(), 20U);
  EXPECT_EQ(whole(clerk_, "/api/v1/records", "id").size(), 2U);
  EXPECT_EQ(whole(security, "/api/v1/grants", "id").size(), 3U);
  EXPECT_EQ(whole(clerk_, "/api/v1/accounts/qinglan-finance-clerk/tokens", "id").size(), 3U);
}

TEST_F(PagingTest, RefusesACursorThatNoPageGave) {
  const auto security = served_.sign_in("security");
  const auto audit = served_.sign_in("audit");
  const std::vector<std::pair<const Official*, std::string>> lists = {
      {&clerk_, "/api/v1/inbox"},
      {&clerk_, "/api/v1/deliveries"},
      {&clerk_, "/api/v1/webhooks"},
      {&security, "/api/v1/grants"},
      {&security, "/api/v1/accounts/qinglan-finance-clerk/tokens"},
      {&audit, "/api/v1/audit/entries"}};
  for (const auto& [who, target] : lists) {
    const auto refused = who->get(target + "?cursor=garbage");
    EXPECT_EQ(refused.status, 400) << target;
    EXPECT_EQ(refused.body.value("code", ""), "cursor_invalid") << target;
    EXPECT_EQ(who->get(target + "?limit=201").status, 400) << target;
  }
}

TEST_F(PagingTest, NothingIsLostOrDoubledWhenRecordsComeBetweenPages) {
  const Json span{{"from", "2028-01-01"}, {"to", "2029-01-01"}};
  ASSERT_EQ(system_.post("/api/v1/obligations/derivations", span).status, 200);
  draft_report(clerk_, "qinglan-finance", "2025");
  draft_report(clerk_, "qinglan-finance", "2026");
  const auto before = whole(clerk_, "/api/v1/records", "id");
  int drafted = 0;
  const auto seen = ids_of(clerk_, "/api/v1/records", "id", [&] {
    if (drafted++ > 0) return;
    served_.advance(std::chrono::milliseconds{1});
    draft_report(clerk_, "qinglan-finance", "2027");
  });
  EXPECT_EQ(seen, before) << "newest first: what came later stands before where the reader is";
  EXPECT_EQ(whole(clerk_, "/api/v1/records", "id").size(), 3U);
}

TEST_F(PagingTest, UnitsThatAreImportedBetweenPagesMoveNoOther) {
  const auto before = whole(system_, "/api/v1/units", "code");
  int number = 0;
  const auto seen = ids_of(system_, "/api/v1/units", "code", [&] {
    if (number >= 3) return;
    const auto code = "aaa-" + std::to_string(number++);  // before all that stand
    const auto text = "code,name,short_name,level,kind,valid_from,valid_to\n" + code +
                      ",新单位,新,department,party_group,2020-01-01,\n";
    EXPECT_EQ(system_.post("/api/v1/organisation/imports", {{"files", {{"units.csv", text}}}}).status, 200);
  });
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), seen.size());
  EXPECT_EQ(seen, before);
}

TEST_F(PagingTest, ACursorIsForTheListAndTheFilterThatGaveIt) {
  const auto committee = served_.sign_in("qinglan-clerk");
  const auto next = committee.get("/api/v1/obligations?limit=1").body.at("next").get<std::string>();
  EXPECT_EQ(committee.get("/api/v1/obligations?limit=1&cursor=" + next).status, 200);
  const auto other = committee.get("/api/v1/obligations?limit=1&light=red&cursor=" + next);
  EXPECT_EQ(other.status, 400);
  EXPECT_EQ(other.body.value("code", ""), "cursor_invalid");
  EXPECT_EQ(system_.get("/api/v1/units?cursor=" + next).status, 400);
}

}  // namespace
}  // namespace zeren::integration
