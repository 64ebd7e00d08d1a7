// Who reads, urges or comments is in nobody's way: the version that others work from stays.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <barrier>
#include <thread>

#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;

class NeighboursTest : public testing::Test {
 protected:
  std::string path(const std::string& rest = "") const { return "/api/v1/records/" + record_ + rest; }

  std::int64_t version() const { return record_of(clerk_, record_).value("version", std::int64_t{0}); }

  void send_report() {
    EXPECT_EQ(take_step(clerk_, record_, "submit").status, 200);
    EXPECT_EQ(take_step(principal_, record_, "approve").status, 200);
  }

  ServedDeployment served_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
  Official principal_ = served_.sign_in("qinglan-finance-principal");
  Official committee_ = served_.sign_in("qinglan-clerk");
  Official commission_ = served_.sign_in("qinglan-cdi-clerk");
  std::string record_ = draft_report(clerk_, "qinglan-finance", "2025");
};

TEST_F(NeighboursTest, ACommentLeavesTheVersionThatANeighbourWorksFrom) {
  const auto seen = version();
  const auto said = principal_.post(path("/comments"), {{"text", "数据请再核"}});
  EXPECT_EQ(said.status, 200);
  EXPECT_EQ(said.body.at("version"), seen);
  EXPECT_EQ(clerk_.put(path("/content"), {{"content", complete_content()}}, {seen}).status, 200);
  EXPECT_EQ(record_of(clerk_, record_).at("comments").size(), 1U);
}

TEST_F(NeighboursTest, ManyCommentsAtOnceAreAllKeptBesideAnEdit) {
  constexpr int kVoices = 6;
  const auto seen = version();
  std::barrier together(kVoices + 1);
  std::vector<std::thread> voices;
  std::vector<int> statuses(kVoices);
  for (int i = 0; i < kVoices; ++i) {
    voices.emplace_back([&, i] {
      together.arrive_and_wait();
      const auto& who = i % 2 == 0 ? clerk_ : principal_;
      statuses[static_cast<std::size_t>(i)] =
          who.post(path("/comments"), {{"text", "意见 " + std::to_string(i)}}).status;
    });
  }
  together.arrive_and_wait();
  EXPECT_EQ(clerk_.put(path("/content"), {{"content", complete_content()}}, {seen}).status, 200);
  for (auto& voice : voices) voice.join();
  EXPECT_THAT(statuses, testing::Each(200));
  EXPECT_EQ(record_of(clerk_, record_).at("comments").size(), static_cast<std::size_t>(kVoices));
}

TEST_F(NeighboursTest, OpeningAndUrgingLeaveTheVersionAndStandInTheHistory) {
  send_report();
  const auto seen = version();
  EXPECT_EQ(record_of(committee_, record_).at("version"), seen);
  const auto leg = leg_to(clerk_, record_, "qinglan-cdi").value("id", "");
  EXPECT_EQ(clerk_.post(path("/legs/" + leg + "/urge"), {{"reason", "请尽快签收"}}).status, 200);
  EXPECT_EQ(version(), seen);
  std::vector<std::string> acts;
  const auto shown = record_of(clerk_, record_);
  for (const auto& each : shown.at("history")) acts.push_back(each.at("step"));
  EXPECT_THAT(acts, testing::ElementsAre("draft", "submit", "approve", "leg.open", "leg.urge"));
}

TEST_F(NeighboursTest, OfAWithdrawalAndAFirstReadingExactlyOneComesFirst) {
  send_report();
  const auto seen = version();
  std::barrier together(2);
  Answer read;
  std::thread reader([&] {
    together.arrive_and_wait();
    read = committee_.get(path());
  });
  together.arrive_and_wait();
  const auto withdrawn = clerk_.post(path("/steps/withdraw"), Json::object(), {seen});
  reader.join();
  // Read means not withdrawn, and withdrawn means never shown.
  EXPECT_EQ(withdrawn.status == 200, read.status == 404) << withdrawn.body << read.body;
  EXPECT_TRUE(withdrawn.status == 200 || withdrawn.status == 409) << withdrawn.body;
}

TEST_F(NeighboursTest, TwoWhoOpenAtOnceAndOneWhoSignsAreAllServed) {
  send_report();
  std::barrier together(3);
  std::vector<int> statuses(2);
  std::thread first([&] {
    together.arrive_and_wait();
    statuses[0] = committee_.get(path()).status;
  });
  std::thread second([&] {
    together.arrive_and_wait();
    statuses[1] = commission_.get(path()).status;
  });
  const auto leg = leg_to(clerk_, record_, "qinglan-cdi").value("id", "");
  together.arrive_and_wait();
  const auto urged = clerk_.post(path("/legs/" + leg + "/urge"), {{"reason", ""}});
  first.join();
  second.join();
  EXPECT_EQ(urged.status, 200) << urged.body;
  EXPECT_THAT(statuses, testing::Each(200));
  EXPECT_EQ(leg_to(clerk_, record_, "qinglan-cdi").at("urged"), 1);
  EXPECT_FALSE(leg_to(clerk_, record_, "qinglan-cdi").at("opened_at").is_null());
}

}  // namespace
}  // namespace zeren::integration
