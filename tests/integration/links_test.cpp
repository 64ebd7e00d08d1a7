// Lists, their items and the activities that are evidence for them, over the real server: drafted freely, made from a
// catalogue, linked, confirmed and taken back. Every answer is held against the contract.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/delivered_package.hpp"
#include "integration/report_course.hpp"
#include "unit/records/task_lists.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

std::string links_of(const std::string& record) { return "/api/v1/records/" + record + "/links"; }

class LinksTest : public testing::Test {
 protected:
  LinksTest() {
    modules::FixturePackage package("lists");
    package.manifest = fixtures::task_list_manifest();
    introduce(served_, package);
  }

  static Json order(const std::string& type, const Json& content) {
    return {{"module", "lists"}, {"type", type}, {"unit", "qinglan-finance"}, {"content", content}};
  }
  std::string draft(const std::string& type, const Json& content) const {
    const auto made = clerk_.post("/api/v1/records", order(type, content));
    EXPECT_EQ(made.status, 201) << made.body;
    return made.body.value("id", "");
  }
  Json links(const std::string& record) const {
    const auto shown = clerk_.get(links_of(record));
    EXPECT_EQ(shown.status, 200) << shown.body;
    return shown.body;
  }
  /// A list that was adopted; its first item.
  std::string item_of_adopted_list() {
    list_ = draft("list", {{"title", "2026年清单"}});
    EXPECT_EQ(take_step(clerk_, list_, "adopt").status, 200);
    return links(list_).at("in").at(0).at("record").value("id", "");
  }
  std::string verified_activity() const {
    const auto id = draft("activity", {{"title", "部署会"}, {"date", "2026-01-05"}});
    EXPECT_EQ(take_step(clerk_, id, "verify").status, 200);
    return id;
  }

  ServedDeployment served_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
  std::string list_;
};

TEST_F(LinksTest, AFreeRecordIsDraftedWithoutAnObligationForTheYear) {
  const auto shown = record_of(clerk_, draft("list", {{"title", "清单"}}));
  EXPECT_EQ(shown.at("period"), "2026");
  EXPECT_EQ(shown.at("obligation"), "");
  EXPECT_EQ(shown.at("state"), "draft");
}

TEST_F(LinksTest, AFreeDraftIsRefusedToWhoHoldsNoRoleThere) {
  const auto stranger = served_.sign_in("yunxiu-clerk");
  EXPECT_EQ(stranger.post("/api/v1/records", order("list", Json::object())).status, 403);
}

TEST_F(LinksTest, AFreeDraftNamesModuleTypeAndUnitAndNoOthers) {
  auto body = order("list", Json::object());
  body.erase("unit");
  EXPECT_EQ(clerk_.post("/api/v1/records", body).status, 400);
  body = order("list", Json::object());
  body["unit"] = "nowhere";
  EXPECT_EQ(clerk_.post("/api/v1/records", body).body.value("code", ""), "unit_unknown");
  body = order("list", Json::object());
  body["period"] = "2026-01";
  EXPECT_EQ(clerk_.post("/api/v1/records", body).status, 400);
  body = order("report", Json::object());
  EXPECT_EQ(clerk_.post("/api/v1/records", body).body.value("code", ""), "record_type_unknown");
  EXPECT_EQ(clerk_.post("/api/v1/records", {{"module", "dual_reports"}, {"type", "principal_report"},
                                            {"unit", "qinglan-finance"}, {"content", Json::object()}})
                .body.value("code", ""),
            "record_not_free");
}

TEST_F(LinksTest, RowsAndDatesAreCheckedWhereTheyStand) {
  const Json content{{"date", "2026-02-30"}, {"present", {{{"name", "甲"}}, {{"name", "乙"}, {"since", "x"}}}}};
  const auto refused = clerk_.post("/api/v1/records", order("activity", content));
  EXPECT_EQ(refused.status, 422);
  std::vector<std::string> pointers{refused.body.value("pointer", "")};
  const auto errors = refused.body.value("errors", Json::array());
  for (const auto& fault : errors) pointers.push_back(fault.value("pointer", ""));
  EXPECT_THAT(pointers, UnorderedElementsAre("/date", "/present/1/since")) << refused.body;
}

TEST_F(LinksTest, AStepMakesTheItemsOfTheCatalogueAndEachSaysWhereItBelongs) {
  const auto item = item_of_adopted_list();
  EXPECT_THAT(links(list_).at("in"), SizeIs(2));
  const auto shown = record_of(clerk_, item);
  EXPECT_EQ(shown.at("content").at("code"), "T01");
  EXPECT_EQ(shown.at("links").at("out").at(0).at("record").at("id"), list_);
}

TEST_F(LinksTest, CataloguesAreReadAsTheyAreForAUnit) {
  const std::string all = "/api/v1/modules/lists/catalogues";
  const auto listed = clerk_.get(all);
  EXPECT_EQ(listed.status, 200) << listed.body;
  EXPECT_THAT(listed.body.at("catalogues"), SizeIs(1));
  const auto added = served_.sign_in("system").post(
      "/api/v1/modules/lists/parameters",
      {{"issuer", "qinglan"}, {"basis", "9"}, {"valid_from", "2026-01-01"},
       {"parameters", {{"local_items", {"T09 本地事项"}}}}});
  ASSERT_EQ(added.status, 200) << added.body;
  const auto own = clerk_.get(all + "/items?unit=qinglan-finance").body.at("items");
  ASSERT_THAT(own, SizeIs(3));
  EXPECT_EQ(own[2].at("code"), "T09");
  EXPECT_EQ(own[2].at("local"), true);
  EXPECT_THAT(clerk_.get(all + "/items").body.at("items"), SizeIs(2)) << "as shipped";
  EXPECT_EQ(clerk_.get(all + "/none").status, 404);
  EXPECT_EQ(clerk_.get(all + "?year=2026").status, 400);
}

TEST_F(LinksTest, WhatIsProposedIsConfirmedCountedAndTakenBackWithAReason) {
  const auto item = item_of_adopted_list();
  const auto activity = verified_activity();
  EXPECT_EQ(take_step(clerk_, item, "verify").body.value("code", ""), "step_needs_link");
  const auto proposed = clerk_.post(links_of(item), {{"kind", "evidence"}, {"to", activity}, {"propose", true}});
  ASSERT_EQ(proposed.status, 201) << proposed.body;
  auto link = links(item).at("out").at(1);
  if (link.at("kind") != "evidence") link = links(item).at("out").at(0);
  EXPECT_EQ(link.at("state"), "proposed");
  EXPECT_EQ(links(activity).at("used_in"), 0);
  const auto path = links_of(item) + "/" + link.value("id", "");
  EXPECT_EQ(clerk_.post(path + "/confirm", Json::object()).status, 200);
  EXPECT_EQ(links(activity).at("used_in"), 1);
  EXPECT_EQ(record_of(clerk_, activity).at("links").at("used_in"), 1);
  EXPECT_NE(clerk_.post(path + "/take-back", {{"reason", ""}}).status, 200);
  EXPECT_EQ(clerk_.post(path + "/take-back", {{"reason", "有误"}}).status, 200);
  EXPECT_THAT(links(activity).at("in"), IsEmpty());
}

TEST_F(LinksTest, AnItemIsVerifiedOnlyOnEvidenceThatIsVerified) {
  const auto item = item_of_adopted_list();
  const auto activity = verified_activity();
  const auto linked = clerk_.post(links_of(item), {{"kind", "evidence"}, {"to", activity}});
  ASSERT_EQ(linked.status, 201) << linked.body;
  EXPECT_EQ(take_step(clerk_, list_, "close").body.value("code", ""), "step_awaits_linked");
  EXPECT_EQ(take_step(clerk_, item, "verify").status, 200);
}

TEST_F(LinksTest, ARecordIsLinkedAsItIsDrafted) {
  item_of_adopted_list();
  const auto activity = verified_activity();
  auto body = order("item", {{"title", "增补"}, {"code", "T02"}});
  body["links"] = Json::array({{{"kind", "of"}, {"to", list_}}, {{"kind", "evidence"}, {"to", activity}}});
  const auto made = clerk_.post("/api/v1/records", body);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_THAT(links(made.body.value("id", "")).at("out"), SizeIs(2));
  body["links"] = {{{"kind", "of"}}};
  EXPECT_EQ(clerk_.post("/api/v1/records", body).status, 400);
}

TEST_F(LinksTest, NothingIsSaidOfLinksToWhoMayNotSeeTheRecord) {
  const auto item = item_of_adopted_list();
  const auto activity = verified_activity();
  const auto stranger = served_.sign_in("yunxiu-clerk");
  EXPECT_EQ(stranger.get(links_of(item)).status, 404);
  EXPECT_EQ(stranger.post(links_of(item), {{"kind", "evidence"}, {"to", activity}}).status, 404);
  EXPECT_EQ(clerk_.post(links_of(item), {{"kind", "evidence"}, {"to", "no-such-record"}}).status, 404);
}

}  // namespace
}  // namespace zeren::integration
