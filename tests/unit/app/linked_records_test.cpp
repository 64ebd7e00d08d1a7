// A module of lists, items and activities in a whole host: drafted freely, made by a step, linked, confirmed by who may,
// and seen by those who read the record at the other end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/commands/link_commands.hpp"
#include "app/commands/module_commands.hpp"
#include "app/queries/link_queries.hpp"
#include "app/queries/record_queries.hpp"
#include "base/digest.hpp"
#include "unit/app/host_world.hpp"
#include "unit/records/task_lists.hpp"

namespace zeren::app {
namespace {

namespace fs = std::filesystem;
using base::Code;
using base::Json;
using testing::SizeIs;

const access::Principal kSystem = access::system_principal("test");

class LinkedRecordsTest : public fixtures::HostWorld {
 protected:
  LinkedRecordsTest() {
    const auto text = fixtures::task_list_manifest().dump(2);
    const auto folder = folder_ / "delivered" / "lists";
    fs::create_directories(folder);
    EXPECT_TRUE(base::write_file(folder / "module.json", text));
    EXPECT_TRUE(base::write_file(folder / "MANIFEST", base::to_hex(base::sha256(text)) + "  module.json\n"));
    must(run(kSystem, enable_module(kSystem, {"lists", "qinglan", {}}, {folder_ / "delivered", host_->store()})));
    clerk_ = principal("qinglan-finance-clerk");
    stranger_ = principal("yunxiu-clerk");
  }

  std::string draft(const std::string& type, const Json& content, const Start& start = {}) {
    const auto made = must(run(clerk_, draft_free_record(clerk_, {"lists", type, "qinglan-finance"}, content, start)));
    return made.value("id", "");
  }

  Json shown(const std::string& record) { return ask(show_record(clerk_, record)); }

  base::Result<Json> step(const std::string& record, const std::string& key) {
    const auto version = shown(record).at("version").get<std::int64_t>();
    return run(clerk_, take_step(clerk_, record, version, {key, ""}));
  }

  // A list that was adopted; the ids of its items.
  std::vector<std::string> adopted() {
    list_ = draft("list", {{"title", "2026年清单"}});
    must(step(list_, "adopt"));
    std::vector<std::string> items;
    const auto listed = ask(list_links(clerk_, list_)).at("in");
    for (const auto& link : listed) items.push_back(link.at("record").value("id", ""));
    return items;
  }

  access::Principal clerk_;
  access::Principal stranger_;
  std::string list_;
};

TEST_F(LinkedRecordsTest, AFreeRecordIsDraftedWhereTheCallerHoldsTheRole) {
  const auto id = draft("list", {{"title", "清单"}});
  EXPECT_EQ(shown(id).at("period"), "2026");
  EXPECT_EQ(shown(id).at("obligation"), "");
  const auto refused =
      run(stranger_, draft_free_record(stranger_, {"lists", "list", "qinglan-finance"}, Json::object()));
  EXPECT_EQ(refused.error().code, Code::Forbidden);
}

TEST_F(LinkedRecordsTest, AnOwedTypeIsNotDraftedFreely) {
  const FreeDraft report{"dual_reports", "principal_report", "qinglan-finance"};
  EXPECT_EQ(run(clerk_, draft_free_record(clerk_, report, Json::object())).error().code, Code::RecordNotFree);
}

TEST_F(LinkedRecordsTest, AListMakesItsItemsWithThoseThatALocalityAdds) {
  must(run(kSystem, set_parameters(kSystem, "lists", "qinglan", {{"local_items", Json::array({"T11 一岗双责"})}}, "文件",
                                   base::make_date(2026, 1, 1))));
  const auto items = adopted();
  ASSERT_THAT(items, SizeIs(3));
  EXPECT_EQ(shown(items[2]).at("content"), Json({{"code", "T11"}, {"title", "一岗双责"}}));
  EXPECT_EQ(ask(show_catalogue("lists", "items", "qinglan-finance")).at("items").at(2).at("local"), true);
  EXPECT_THAT(ask(show_catalogue("lists", "items", "yunxiu")).at("items"), SizeIs(3)) << "below who adds";
  EXPECT_THAT(ask(show_catalogue("lists", "items", "lanjiang")).at("items"), SizeIs(2)) << "above";
}

TEST_F(LinkedRecordsTest, WhatBelongsToAListIsReadByWhoReadsTheListAndByNobodyElse) {
  const auto items = adopted();
  EXPECT_EQ(shown(items[0]).at("content").at("spec"), "会议记录");
  EXPECT_EQ(host_->query(show_record(stranger_, items[0])).error().code, Code::RecordUnknown);
  EXPECT_EQ(host_->query(list_links(stranger_, list_)).error().code, Code::RecordUnknown);
}

TEST_F(LinkedRecordsTest, ARecordSaysInHowManyOthersItIsUsed) {
  const auto items = adopted();
  const auto activity = draft("activity", {{"title", "党课"}});
  must(run(clerk_, link_record(clerk_, items[0], {"evidence", activity})));
  must(run(clerk_, link_record(clerk_, items[1], {"evidence", activity})));
  EXPECT_EQ(shown(activity).at("links").at("used_in"), 2);
}

TEST_F(LinkedRecordsTest, NobodyLinksToWhatTheyMayNotSee) {
  const auto items = adopted();
  const auto yunxiu = must(run(stranger_, draft_free_record(stranger_, {"lists", "activity", "yunxiu"}, Json::object())));
  EXPECT_EQ(run(clerk_, link_record(clerk_, items[0], {"evidence", yunxiu.value("id", "")})).error().code,
            Code::RecordUnknown);
}

TEST_F(LinkedRecordsTest, AModuleProposesAndAPersonConfirms) {
  const auto items = adopted();
  const auto activity = draft("activity", {{"title", "党课"}});
  must(step(activity, "verify"));
  must(run(kSystem, propose_link_as("lists", items[0], {"evidence", activity})));
  const auto proposed = shown(items[0]).at("links").at("out").back();
  EXPECT_EQ(proposed.at("state"), "proposed");
  EXPECT_EQ(proposed.at("by_module"), true);
  EXPECT_EQ(shown(activity).at("links").at("used_in"), 0);
  EXPECT_EQ(step(items[0], "verify").error().code, Code::StepNeedsLink);
  must(run(clerk_, confirm_link(clerk_, items[0], proposed.at("id"))));
  must(step(items[0], "verify"));
}

TEST_F(LinkedRecordsTest, ATakenBackLinkCountsNoMore) {
  const auto items = adopted();
  const auto activity = draft("activity", {{"title", "党课"}});
  must(run(clerk_, link_record(clerk_, items[0], {"evidence", activity})));
  const auto link = shown(items[0]).at("links").at("out").back().at("id").get<std::string>();
  EXPECT_EQ(run(clerk_, take_back_link(clerk_, items[0], link, "")).error().code, Code::StepReasonMissing);
  must(run(clerk_, take_back_link(clerk_, items[0], link, "材料有误")));
  EXPECT_EQ(shown(activity).at("links").at("used_in"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM record_link WHERE state = 'taken_back'"), 1);
}

}  // namespace
}  // namespace zeren::app
