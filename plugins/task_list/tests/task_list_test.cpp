// What the institution promises, asked through its C entry as the host does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "zeren/testing/event_builder.hpp"
#include "zeren/testing/fake_host.hpp"
#include "zeren/testing/manifest_check.hpp"
#include "zeren/testing/step_builder.hpp"

namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using zeren::Json;
using zeren::testing::EventBuilder;
using zeren::testing::FakeHost;
using zeren::testing::StepBuilder;

Json linked(const std::string& kind, const std::string& type, const std::string& state, Json content) {
  return {{"id", "l"}, {"kind", kind}, {"direction", "in"}, {"state", "confirmed"},
          {"record", {{"id", "r"}, {"module", "task_list"}, {"type", type}, {"period", "2026"}, {"state", state},
                      {"content", std::move(content)}}}};
}

std::string code(int number) { return (number < 10 ? "T0" : "T") + std::to_string(number); }

Json item(int number, const std::string& state = "planned") {
  return {{"code", code(number)}, {"title", "任务"}, {"measures", {"措施一", "措施二"}}, {"leader", "方守正"},
          {"due", "2026-06-30"}, {"verified_on", state == "verified" ? "2026-05-08" : ""}};
}

/// The ten, of which the first `verified` were struck off on 8 May.
Json ten(const std::string& kind, int verified = 0) {
  auto links = Json::array();
  for (int number = 1; number <= 10; ++number) {
    const std::string state = number <= verified ? "verified" : "planned";
    links.push_back(linked(kind, "task_item", state, item(number, state)));
  }
  return links;
}

class TaskListTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(host_.started().has_value()) << host_.started().error().text; }

  Json verdict(const StepBuilder& step) {
    const auto answer = host_.will_step(step.build());
    EXPECT_TRUE(answer.has_value()) << answer.error().text;
    return answer.value_or(Json());
  }
  Json summary(const std::string& from, const std::string& to) {
    return verdict(StepBuilder("submit").of("principal_summary").period("2026").links(ten("items", 4))
                       .field("tenure_from", from).field("tenure_to", to));
  }
  std::string events(const Json& event) {
    const auto answer = host_.did_event(event);
    EXPECT_TRUE(answer.has_value()) << answer.error().text;
    return answer ? answer->dump() : "";
  }
  static EventBuilder overdue(const std::string& rule, int round) {
    return EventBuilder("obligation.overdue").module("task_list").data({{"rule", rule}})
        .record("r1", "supervise_order", "2026", "issued").content({{"round", round}})
        .parameters({{"overdue_orders", 2}});
  }

  FakeHost host_{zeren_plugin_entry};
};

TEST(TaskListManifest, IsTakenByAHost) { EXPECT_THAT(zeren::testing::manifest_faults(ZEREN_MODULE_DIR), IsEmpty()); }

TEST(TaskListManifest, HoldsTheTenItemsTheThirtyOneDutiesAndTwelveKindsOfActivities) {
  const auto manifest = zeren::testing::read_manifest(ZEREN_MODULE_DIR);
  ASSERT_TRUE(manifest.has_value()) << manifest.error().text;
  const auto& catalogues = manifest->at("catalogues");
  EXPECT_EQ(catalogues.at("items").size(), 10U);
  EXPECT_EQ(catalogues.at("duties").size(), 31U);
  EXPECT_EQ(catalogues.at("activity_kinds").size(), 12U);
}

TEST(TaskListManifest, EveryDutySaysWhoOwesItSinceWhenAndNamesRecordTypesThatAreThere) {
  const auto manifest = zeren::testing::read_manifest(ZEREN_MODULE_DIR);
  ASSERT_TRUE(manifest.has_value());
  for (const auto& duty : manifest->at("catalogues").at("duties")) {
    EXPECT_TRUE(duty.contains("owed_by") && duty.contains("valid_from") && duty.contains("article")) << duty;
    for (const auto& type : duty.at("evidence")) {
      EXPECT_TRUE(manifest->at("record_types").contains(type.get<std::string>())) << duty;
    }
  }
}

TEST(TaskListManifest, EveryItemNamesDutiesThatAreThere) {
  const auto manifest = zeren::testing::read_manifest(ZEREN_MODULE_DIR);
  ASSERT_TRUE(manifest.has_value());
  const auto duties = manifest->at("catalogues").at("duties").dump();
  for (const auto& each : manifest->at("catalogues").at("items")) {
    for (const auto& duty : each.at("duties")) EXPECT_THAT(duties, HasSubstr("\"code\":" + duty.dump())) << each;
  }
}

TEST_F(TaskListTest, AListWithoutOneOfTheTenIsRefusedAndTheOneNamed) {
  auto links = ten("of");
  links.erase(6);
  const auto answer = verdict(StepBuilder("submit").of("task_list").links(links));
  ASSERT_TRUE(answer.contains("veto")) << answer;
  EXPECT_THAT(answer["veto"]["zh-CN"].get<std::string>(), HasSubstr("T07"));
}

TEST_F(TaskListTest, AListWhoseItemHasNoMeasureIsRefused) {
  auto links = ten("of");
  links[2]["record"]["content"]["measures"] = Json::array();
  EXPECT_THAT(verdict(StepBuilder("submit").of("task_list").links(links))["veto"]["en"].get<std::string>(),
              HasSubstr("T03"));
}

TEST_F(TaskListTest, WhatIsSentHoldsTheItemsAsTheyStood) {
  const auto answer = verdict(StepBuilder("submit").of("task_list").links(ten("of")));
  ASSERT_TRUE(answer.contains("patch")) << answer;
  ASSERT_EQ(answer["patch"]["items"].size(), 10U);
  EXPECT_EQ(answer["patch"]["items"][0]["measures"], "措施一；措施二");
  EXPECT_EQ(answer["patch"]["held_by"], "principal");
}

TEST_F(TaskListTest, AListChangedInMidYearKeepsTheReason) {
  EXPECT_EQ(verdict(StepBuilder("change").of("task_list").reason("职能调整")),
            (Json{{"patch", {{"change_reason", "职能调整"}}}}));
}

TEST_F(TaskListTest, AnItemThatDoesNotApplyIsReportedAsNilAndIsNoBlank) {
  const auto answer = verdict(StepBuilder("claim_nil").of("task_item").field("code", "T07").today("2026-11-02"));
  EXPECT_EQ(answer, (Json{{"patch", {{"claimed_on", "2026-11-02"}, {"nil_report", true}}}}));
}

TEST_F(TaskListTest, NobodyTakesAwayOneOfTheTenWhileItsListStands) {
  auto step = StepBuilder("void").of("task_item").field("code", "T07");
  EXPECT_TRUE(verdict(step.links(Json::array({linked("of", "task_list", "active", Json::object())}))).contains("veto"));
  EXPECT_FALSE(verdict(step.links(Json::array({linked("of", "task_list", "voided", Json::object())}))).contains("veto"));
  EXPECT_FALSE(verdict(StepBuilder("void").of("task_item").field("code", "T11")).contains("veto"));
}

TEST_F(TaskListTest, AnItemIsSuspendedOnlyAsLongAsASuperiorGranted) {
  auto step = StepBuilder("suspend").of("task_item").today("2026-05-01");
  EXPECT_TRUE(verdict(step).contains("veto"));
  const auto of = [](const char* state, const char* until) { return linked("of", "suspension", state, {{"until", until}}); };
  EXPECT_TRUE(verdict(step.links(Json::array({of("asked", "2026-08-31")}))).contains("veto"));
  EXPECT_TRUE(verdict(step.links(Json::array({of("granted", "2026-05-01")}))).contains("veto"));
  EXPECT_EQ(verdict(step.links(Json::array({of("granted", "2026-06-30"), of("granted", "2026-08-31")}))),
            (Json{{"patch", {{"suspended_until", "2026-08-31"}}}}));
}

TEST_F(TaskListTest, AnOrderIsCountedEachTimeItIsIssuedAndNeverDueInThePast) {
  auto step = StepBuilder("issue").of("supervise_order").field("round", 1).today("2026-05-01");
  EXPECT_EQ(verdict(step.field("due", "2026-05-20")), (Json{{"patch", {{"round", 2}}}}));
  EXPECT_EQ(verdict(step.field("due", "2026-04-30"))["veto"]["field"], "due");
}

TEST_F(TaskListTest, EachRoundOfAnOrderNeedsItsAnswer) {
  auto step = StepBuilder("reply").of("supervise_order").field("round", 2);
  const auto given = linked("of", "order_reply", "given", Json::object());
  EXPECT_TRUE(verdict(step.links(Json::array({given}))).contains("veto"));
  EXPECT_FALSE(verdict(step.links(Json::array({given, given}))).contains("veto"));
}

TEST_F(TaskListTest, TwoPrincipalsInAYearAreSplitByDatesAndCountNoItemTwice) {
  const auto first = summary("2026-01-01", "2026-04-30")["patch"];
  const auto second = summary("2026-05-01", "2026-12-31")["patch"];
  EXPECT_EQ(first["items_done"], 0);
  EXPECT_EQ(first["items_open"], 10);
  EXPECT_EQ(second["items_done"], 4);
  EXPECT_EQ(second["items_open"], 6);
  EXPECT_EQ(summary("2026-06-01", "2026-12-31")["patch"]["items_done"], 0) << "struck off before";
}

TEST_F(TaskListTest, ATenureOutsideTheYearIsRefused) {
  EXPECT_EQ(summary("2025-12-01", "2026-12-31")["veto"]["field"], "tenure_to");
  EXPECT_TRUE(summary("2026-12-31", "2026-01-01").contains("veto"));
}

TEST_F(TaskListTest, TheSecondOverdueRoundSuggestsAccountabilityAndTheFirstDoesNot) {
  const auto first = events(overdue("TL5", 1).build());
  EXPECT_THAT(first, HasSubstr("supervise.unanswered"));
  EXPECT_THAT(first, Not(HasSubstr("accountability.suggested")));
  EXPECT_THAT(events(overdue("TL5", 2).build()), HasSubstr("accountability.suggested"));
  EXPECT_THAT(events(overdue("TL4", 2).build()), HasSubstr("task.late"));
  EXPECT_THAT(events(overdue("TL1", 2).build()), Not(HasSubstr("emit")));
}

TEST_F(TaskListTest, MeetingsAndEducationAreToldAndOtherActivitiesAreNot) {
  const auto told = [this](const char* kind) {
    const auto answer = host_.did_step(StepBuilder("record").of("duty_activity").field("kind", kind).build());
    return answer ? answer->dump() : "";
  };
  EXPECT_THAT(told("A01"), HasSubstr("meeting.held"));
  EXPECT_THAT(told("A06"), HasSubstr("education.done"));
  EXPECT_THAT(told("A10"), Not(HasSubstr("emit")));
}

TEST_F(TaskListTest, CountsByUnitWhatIsOwedDoneAndLate) {
  const auto owed = [](const char* rule, const char* light) {
    return Json{{"rule", rule}, {"owner", "qinglan-finance"}, {"owner_name", "市财政局党组"}, {"light", light}};
  };
  const auto table = host_.compute("by_unit", {{"obligations", {owed("TL1", "green"), owed("TL4", "green"),
                                                                owed("TL4", "red"), owed("TL5", "purple")}}});
  ASSERT_TRUE(table.has_value()) << table.error().text;
  const auto& row = table->at("rows").at(0);
  EXPECT_EQ(row.at("list").at("zh-CN"), "按期报备");
  EXPECT_EQ(row.at("items"), 2);
  EXPECT_EQ(row.at("done"), 1);
  EXPECT_EQ(row.at("answered"), 1);
  EXPECT_EQ(row.at("late"), 2);
}

}  // namespace
