// A department's task list through a year, over the real server: ten items, filed above, struck off by another, an order
// answered, a change in mid-year, the year closed. Every answer is held against the contract.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::SizeIs;

class TaskListCourse : public testing::Test {
 protected:
  TaskListCourse() {
    const auto system = served_.sign_in("system");
    const auto enabled = system.post("/api/v1/modules/task_list/enable", {{"issuer", "qinglan"}});
    EXPECT_EQ(enabled.status, 200) << enabled.body;
    const auto derived = system.post("/api/v1/obligations/derivations", {{"from", "2026-01-01"}, {"to", "2027-02-01"}});
    EXPECT_EQ(derived.status, 200) << derived.body;
  }

  void must(const Official& who, const std::string& record, const std::string& step, const std::string& why = "") const {
    const auto answer = take_step(who, record, step, why);
    EXPECT_EQ(answer.status, 200) << step << " " << answer.body;
  }
  std::string made(const Official& who, const Json& body) const {
    const auto answer = who.post("/api/v1/records", body);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.body.value("id", "");
  }
  std::string free(const Official& who, const std::string& type, const Json& content, const Json& links) const {
    return made(who, {{"module", "task_list"}, {"type", type}, {"unit", "qinglan-finance"}, {"content", content},
                      {"links", links}});
  }
  Json owed(const std::string& rule) const {
    const auto list = clerk_.get("/api/v1/obligations?module=task_list&unit=qinglan-finance&period=2026");
    for (const auto& item : list.body.value("items", Json::array())) {
      if (item.at("rule") == rule) return item;
    }
    ADD_FAILURE() << rule << " is not owed: " << list.body;
    return Json::object();
  }
  std::vector<std::string> items_of(const std::string& list) const {
    std::vector<std::string> items;
    const auto links = clerk_.get("/api/v1/records/" + list + "/links").body.value("in", Json::array());
    for (const auto& link : links) items.push_back(link.at("record").at("id"));
    return items;
  }
  void plan(const std::string& item) const {
    auto content = record_of(clerk_, item).at("content");
    content.update({{"measures", {"召开专题会议"}}, {"leader", "方守正"}, {"due", "2026-06-30"}});
    EXPECT_EQ(edit(clerk_, item, content).status, 200);
  }
  /// Sent by the principal, and signed for above.
  void file(const std::string& list) const {
    must(clerk_, list, "submit");
    must(head_, list, "approve");
    const auto receipt = answer_leg(above_, list, "qinglan", "sign_for");
    EXPECT_EQ(receipt.status, 200) << receipt.body;
    EXPECT_EQ(record_of(clerk_, list).at("state"), "filed");
    must(clerk_, list, "activate");
  }
  std::string list_in_force() {
    const auto list = made(clerk_, {{"obligation", owed("TL1").value("id", "")},
                                    {"content", {{"title", "2026年度任务清单"}, {"principal", "方守正"},
                                                 {"approved_meeting", "1月党组会议"}}}});
    must(clerk_, list, "lay_out");
    for (const auto& item : items_of(list)) plan(item);
    file(list);
    return list;
  }

  ServedDeployment served_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
  Official head_ = served_.sign_in("qinglan-finance-principal");
  Official above_ = served_.sign_in("qinglan-clerk");
  Official leader_ = served_.sign_in("qinglan-principal");
};

TEST_F(TaskListCourse, AListIsFiledAboveWithItsTenItemsAndFulfilsWhatIsOwed) {
  const auto list = list_in_force();
  EXPECT_THAT(record_of(clerk_, list).at("content").at("items"), SizeIs(10));
  EXPECT_EQ(owed("TL1").at("light"), "green");
  const auto page = clerk_.get("/api/v1/records/" + list + "/documents/list?format=html");
  EXPECT_EQ(page.status, 200) << page.body;
  EXPECT_NE(page.bytes.find("召开专题会议"), std::string::npos);
}

TEST_F(TaskListCourse, AnItemIsStruckOffOnEvidenceBySomebodyAboveAndTheYearIsClosed) {
  const auto list = list_in_force();
  const auto items = items_of(list);
  ASSERT_THAT(items, SizeIs(10));
  for (const auto& item : items) must(clerk_, item, "start");
  EXPECT_EQ(take_step(clerk_, items[0], "claim").body.value("code", ""), "step_needs_link");
  const auto meeting = free(clerk_, "duty_activity", {{"kind", "A10"}, {"title", "部署会"}, {"date", "2026-01-01"},
                                                      {"chair", "方守正"}}, Json::array());
  must(clerk_, meeting, "record");
  EXPECT_EQ(clerk_.post("/api/v1/records/" + items[0] + "/links", {{"kind", "evidence"}, {"to", meeting}}).status, 201);
  must(clerk_, items[0], "claim");
  EXPECT_EQ(take_step(clerk_, items[0], "verify").status, 403);
  must(above_, items[0], "verify");
  EXPECT_EQ(take_step(head_, list, "close_year").body.value("code", ""), "step_awaits_linked");
  for (std::size_t at = 1; at < items.size(); ++at) {
    must(clerk_, items[at], "claim_nil", "本年度不涉及");
    must(above_, items[at], "verify");
  }
  must(head_, list, "close_year");
}

TEST_F(TaskListCourse, AnOrderIsIssuedAboveAnsweredBelowAndClosed) {
  const auto list = list_in_force();
  const auto order = free(above_, "supervise_order",
                          {{"number", "青督〔2026〕1号"}, {"issuer", "青澜市委"}, {"issue", "进展缓慢"},
                           {"demand", "一周内整改"}, {"due", "2026-01-20"}},
                          Json::array({{{"kind", "about"}, {"to", list}}}));
  must(leader_, order, "issue");
  must(clerk_, order, "sign");
  EXPECT_EQ(take_step(head_, order, "reply").status, 422);
  const auto reply = free(clerk_, "order_reply", {{"result", "已整改"}}, Json::array({{{"kind", "of"}, {"to", order}}}));
  must(clerk_, reply, "give");
  must(head_, order, "reply");
  must(above_, order, "accept", "同意办结");
  EXPECT_EQ(owed("TL5").at("light"), "green");
}

TEST_F(TaskListCourse, AListChangedInMidYearIsANewVersionWithItsReason) {
  const auto list = list_in_force();
  must(head_, list, "change", "职能调整");
  file(list);
  const auto shown = record_of(above_, list);
  EXPECT_EQ(shown.at("content").at("change_reason"), "职能调整");
  EXPECT_THAT(shown.at("rounds"), SizeIs(2));
}

}  // namespace
}  // namespace zeren::integration
