// A module that answers events, over the real server: what it does is seen by people and named in the log as its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "integration/delivered_package.hpp"
#include "integration/report_course.hpp"
#include "unit/modules/note_module.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class ReactionCourseTest : public testing::Test {
 protected:
  ReactionCourseTest() {
    modules::FixturePackage package("obeys");
    fixtures::obey_notes(package.manifest);
    introduce(served_, package);
  }

  Json line(const std::string& rule) const {
    const auto list = clerk_.get("/api/v1/obligations?module=obeys&unit=qinglan-finance&period=2025");
    for (const auto& item : list.body.value("items", Json::array())) {
      if (item.at("rule") == rule) return item;
    }
    ADD_FAILURE() << rule << " is not owed: " << list.body;
    return {};
  }
  /// Closes a note to which the module replies `reply`.
  std::string close_note(const std::string& reply) const {
    const auto made = clerk_.post("/api/v1/records", {{"obligation", line("N1").value("id", "")},
                                                      {"content", {{"title", "会议"}, {"reply", reply}}}});
    EXPECT_EQ(made.status, 201) << made.body;
    const auto record = made.body.value("id", "");
    EXPECT_EQ(take_step(clerk_, record, "close").status, 200);
    return record;
  }
  /// The messengers' threads bring it.
  static bool comes(const std::function<bool()>& here) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!here()) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::yield();
    }
    return true;
  }
  Json entries(const std::string& query) const {
    const auto answer = auditor_.get("/api/v1/audit/entries?" + query);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.body.value("items", Json::array());
  }

  ServedDeployment served_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
  Official auditor_ = served_.sign_in("audit");
};

TEST_F(ReactionCourseTest, CommentsNotifiesDraftsAndEmitsAndTheLogNamesTheModule) {
  const auto record = close_note(
      R"({"commands": [{"comment": {"record": "$record", "text": "已登记"}},
                       {"notify": {"unit": "qinglan-finance", "title": {"en": "Noted", "zh-CN": "已登记备查"}}},
                       {"draft": {"rule": "N2", "unit": "qinglan-finance", "period": "2025",
                                  "content": {"title": "由模块起草"}}},
                       {"emit": {"event": "note.closed", "unit": "qinglan-finance"}}]})");
  ASSERT_TRUE(comes([&] { return entries("account=module:obeys").size() >= 4; })) << entries("account=module:obeys");
  std::vector<std::string> actions;
  for (const auto& entry : entries("account=module:obeys")) {
    EXPECT_EQ(entry.at("outcome"), "ok");
    actions.push_back(entry.value("action", ""));
  }
  EXPECT_THAT(actions, UnorderedElementsAre("record.comment", "module.notify", "record.draft", "module.emit"));

  const auto comments = record_of(clerk_, record).at("comments");
  ASSERT_EQ(comments.size(), 1U);
  EXPECT_EQ(comments[0].at("text"), "已登记");
  const auto inbox = clerk_.get("/api/v1/inbox").body.at("items");
  EXPECT_THAT(inbox.dump(), HasSubstr("已登记备查"));
  const auto drafted = line("N2").value("record", "");
  EXPECT_EQ(record_of(clerk_, drafted).at("content").at("title"), "由模块起草");
}

TEST_F(ReactionCourseTest, WhatIsRefusedIsADeadLetterWithTheReasonAndChangesNothing) {
  close_note(R"({"commands": [{"comment": {"record": "no-such-record", "text": "x"}}]})");
  const auto system = served_.sign_in("system");
  auto letters = Json::array();
  ASSERT_TRUE(comes([&] {
    letters = system.get("/api/v1/deliveries").body.at("items");
    return !letters.empty();
  }));
  EXPECT_EQ(letters[0].at("state"), "dead") << letters;
  EXPECT_THAT(letters[0].value("reason", ""), HasSubstr("no-such-record"));
  EXPECT_EQ(line("N2").at("record"), nullptr);
}

TEST_F(ReactionCourseTest, WhoApprovesTheModuleSeesWhatItMayDo) {
  const auto shown = served_.sign_in("system").get("/api/v1/modules/obeys");
  EXPECT_EQ(shown.status, 200);
  EXPECT_THAT(shown.body.at("permissions"), UnorderedElementsAre("comment", "draft", "emit", "link", "notify"));
  EXPECT_THAT(shown.body.at("events").at("in"), UnorderedElementsAre("note.closed"));
}

}  // namespace
}  // namespace zeren::integration
