// A unit is merged into another one while its report is being written (domain E1).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;

class SuccessionTest : public testing::Test {
 protected:
  // The finance bureau becomes part of the county on 15 January: both have people with accounts.
  void merge_finance() {
    const Json files{
        {"units.csv",
         "code,name,short_name,level,kind,valid_from,valid_to\n"
         "qinglan-finance,中共青澜市财政局党组,市财政局党组,department,party_group,2019-01-01,2026-01-15\n"},
        {"relations.csv",
         "from,kind,to,valid_from,valid_to,succession\n"
         "qinglan-finance,successor,yunxiu,2026-01-15,,merge\n"}};
    const auto done = served_.sign_in("system").post("/api/v1/organisation/imports", {{"files", files}});
    ASSERT_EQ(done.status, 200) << done.body;
    served_.move_to("2026-01-20");
    const auto derived = served_.sign_in("system").post(
        "/api/v1/obligations/derivations", {{"from", "2026-01-01"}, {"to", "2027-01-01"}});
    ASSERT_EQ(derived.status, 200) << derived.body;
  }

  ServedDeployment served_;
};

TEST_F(SuccessionTest, E1WhoTookOverFinishesWhatTheUnitThatEndedHadBegun) {
  const auto record = draft_report(served_.sign_in("qinglan-finance-clerk"), "qinglan-finance", "2025");
  merge_finance();
  const auto clerk = served_.sign_in("yunxiu-clerk");
  const auto then = clerk.get("/api/v1/obligations?unit=qinglan-finance&period=2025&units=then").body.at("items");
  ASSERT_EQ(then.size(), 1U);
  EXPECT_EQ(then.at(0).at("owner").at("code"), "yunxiu");
  EXPECT_EQ(then.at(0).at("moved_from").at("unit").at("code"), "qinglan-finance");
  EXPECT_EQ(then.at(0).at("moved_from").at("how"), "merge");
  EXPECT_EQ(then.at(0).at("record"), record);
  EXPECT_EQ(clerk.get("/api/v1/obligations?unit=yunxiu&period=2025").body.at("items").size(), 2U);
  ASSERT_EQ(take_step(clerk, record, "submit").status, 200);
  ASSERT_EQ(take_step(served_.sign_in("yunxiu-principal"), record, "approve").status, 200);
  EXPECT_EQ(record_of(clerk, record).at("state"), "dispatched");
}

TEST_F(SuccessionTest, E1CountsAreByTodaysUnitsOrByThoseOfTheTime) {
  merge_finance();
  const auto counted = [&](const char* units) {
    const auto clerk = served_.sign_in("yunxiu-clerk");
    std::map<std::string, int> counts;
    const auto path = std::string("/api/v1/obligations/summary?period=2025&units=") + units;
    const auto summary = clerk.get(path).body;
    for (const auto& each : summary.at("units")) {
      counts.emplace(each.at("unit").at("code").get<std::string>(), each.at("total").get<int>());
    }
    return counts;
  };
  EXPECT_THAT(counted("today"), testing::Contains(testing::Pair("yunxiu", 2)));
  EXPECT_THAT(counted("then"), testing::IsSupersetOf({testing::Pair("qinglan-finance", 1),
                                                      testing::Pair("yunxiu", 1)}));
  EXPECT_EQ(served_.sign_in("system").get("/api/v1/obligations/summary?units=now").status, 400);
}

TEST_F(SuccessionTest, OwnRecordsAreFoundByTheFieldsTheirTypeIndexes) {
  const auto clerk = served_.sign_in("qinglan-finance-clerk");
  const auto record = draft_report(clerk, "qinglan-finance", "2025");
  const auto found = [&](const std::string& more) {
    return clerk.get("/api/v1/records?module=dual_reports&type=principal_report" + more);
  };
  EXPECT_EQ(found("&field.problems_found=3").body.at("items").at(0).at("id"), record);
  EXPECT_EQ(found("&field.problems_found=4").body.at("items").size(), 0U);
  EXPECT_EQ(found("&order=-problems_found").body.at("items").size(), 1U);
  served_.advance(std::chrono::milliseconds(1));  // ids of one moment are in no order
  const auto later = draft_report(clerk, "qinglan-finance", "2026");
  for (const std::string order : {"", "&order=problems_found", "&order=-problems_found"}) {
    const auto first = found("&limit=1" + order).body;
    ASSERT_EQ(first.at("items").size(), 1U);
    EXPECT_EQ(first.at("items").at(0).at("id"), later) << "the newer one of equals";
    const auto cursor = "&cursor=" + first.at("next").get<std::string>();
    const auto last = found("&limit=1" + order + cursor).body;
    EXPECT_EQ(last.at("items").at(0).at("id"), record) << order;
    EXPECT_TRUE(last.at("next").is_null());
    EXPECT_EQ(found("&field.problems_found=3" + order + cursor).status, 400) << "the cursor of another list";
  }
  EXPECT_EQ(found("&field.problems_found=many").status, 400);
  EXPECT_EQ(found("&field.problems=x").status, 400);
}

}  // namespace
}  // namespace zeren::integration
