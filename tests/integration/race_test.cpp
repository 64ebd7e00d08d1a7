// Two people at the same moment: both are kept where both may, and exactly one wins where one may.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <barrier>
#include <functional>
#include <thread>

#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::UnorderedElementsAre;

// Statuses of the two, begun together.
std::vector<int> at_once(const std::function<Answer()>& one, const std::function<Answer()>& other) {
  std::barrier together(2);
  std::vector<int> statuses(2);
  std::thread second([&] {
    together.arrive_and_wait();
    statuses[1] = other().status;
  });
  together.arrive_and_wait();
  statuses[0] = one().status;
  second.join();
  return statuses;
}

class RaceTest : public testing::Test {
 protected:
  std::string submitted_report() const {
    const auto record = draft_report(clerk_, "qinglan-finance", "2025");
    EXPECT_EQ(take_step(clerk_, record, "submit").status, 200);
    return record;
  }

  ServedDeployment served_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
  Official principal_ = served_.sign_in("qinglan-finance-principal");
};

TEST_F(RaceTest, KeepsBothReceiptsAndCompletesTheReportOnce) {
  const auto record = submitted_report();
  EXPECT_EQ(take_step(principal_, record, "approve").status, 200);
  const auto committee = served_.sign_in("qinglan-clerk");
  const auto commission = served_.sign_in("qinglan-cdi-clerk");
  const auto statuses =
      at_once([&] { return answer_leg(committee, record, "qinglan", "sign_for"); },
              [&] { return answer_leg(commission, record, "qinglan-cdi", "sign_for"); });
  EXPECT_EQ(statuses, (std::vector{200, 200}));
  const auto stands = record_of(clerk_, record);
  EXPECT_EQ(stands.value("state", ""), "receipted");
  for (const auto& leg : stands.at("rounds").back().at("legs")) {
    EXPECT_EQ(leg.value("state", ""), "receipted");
    EXPECT_NE(leg.value("receipt", ""), "");
  }
  int completions = 0;
  for (const auto& step : stands.at("history")) {
    completions += step.value("to", "") == "receipted" ? 1 : 0;
  }
  EXPECT_EQ(completions, 1);
}

TEST_F(RaceTest, LetsExactlyOneOfTwoApprovalsWin) {
  const auto record = submitted_report();
  const auto approve = [&] {
    return principal_.post("/api/v1/records/" + record + "/steps/approve", Json::object(), {2});
  };
  EXPECT_THAT(at_once(approve, approve), UnorderedElementsAre(200, testing::AnyOf(409, 412)));
  EXPECT_EQ(record_of(clerk_, record).at("rounds").size(), 1U);
}

TEST_F(RaceTest, MakesOneRecordForOneObligation) {
  const Json body{{"obligation", obligation_of(clerk_, "qinglan-finance", "2025").at("id")},
                  {"content", complete_content()}};
  const auto draft = [&] { return clerk_.post("/api/v1/records", body); };
  EXPECT_THAT(at_once(draft, draft), UnorderedElementsAre(201, 409));
  EXPECT_EQ(clerk_.get("/api/v1/records").body.at("items").size(), 1U);
}

TEST_F(RaceTest, DoesARequestRepeatedAtOnceOnlyOnce) {
  const Json body{{"obligation", obligation_of(clerk_, "qinglan-finance", "2025").at("id")},
                  {"content", complete_content()}};
  const auto draft = [&] { return clerk_.post("/api/v1/records", body, {{}, "key-1"}); };
  EXPECT_EQ(at_once(draft, draft), (std::vector{201, 201}));
  EXPECT_EQ(clerk_.get("/api/v1/records").body.at("items").size(), 1U);
}

}  // namespace
}  // namespace zeren::integration
