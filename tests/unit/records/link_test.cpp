// Free records, and links between records: a list that makes its items, evidence for an item, steps that wait for
// what is linked, and who reads what through a link. Each plan is written and read back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "records/ledger.hpp"
#include "records/link_plans.hpp"
#include "records/record_plans.hpp"
#include "unit/records/dual_reports.hpp"
#include "unit/records/officials.hpp"
#include "unit/records/task_lists.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;
using testing::SizeIs;

class LinkedRecords : public testing::Test {
 protected:
  const RecordType& type(const std::string& key) const { return types_.at(key); }
  Planning planning() { return {world_.clock_.now(), world_.ids_}; }

  Result<std::string> written(const Result<ChangeSet>& plan) {
    if (!plan) return base::pass(plan);
    world_.clock_.advance(std::chrono::hours(1));
    if (auto done = world_.commit(*plan); !done) return base::pass(done);
    return plan->answer.at("id").get<std::string>();
  }

  Result<std::string> draft(const std::string& key, const Json& content, std::vector<LinkOrder> links = {}) {
    Beginning beginning;
    beginning.around.catalogues = catalogues_;
    beginning.links = std::move(links);
    return written(plan_draft(type(key), Ground(world_.unit("qinglan-finance"), "2026"), content,
                              world_.actor(kClerk), planning(), beginning));
  }

  Record read(const std::string& id) {
    auto record = *load_record(world_.session(), id);
    record.around.catalogues = catalogues_;
    EXPECT_TRUE(load_linked_contents(world_.session(), "dual_reports", record.links));
    return record;
  }

  Result<std::string> step(const std::string& id, const std::string& key) {
    const auto record = read(id);
    const auto actor = world_.actor(kClerk);
    auto admitted = admit_step(type(record.type), record, {key, ""}, actor);
    if (!admitted) return base::pass(admitted);
    admitted->made = &type("item");
    return written(plan_step(type(record.type), record, *admitted, "", {}, nullptr, actor, planning()));
  }

  LinkOrder order(const std::string& kind, const std::string& to) {
    auto target = *find_linked(world_.session(), to);
    return {kind, *target, &type(target->type)};
  }

  Result<std::string> link(const std::string& from, const std::string& kind, const std::string& to,
                           const std::string& who = kClerk) {
    const auto record = read(from);
    return written(plan_link(type(record.type), record, order(kind, to), world_.actor(who), planning()));
  }

  std::vector<std::string> items_of(const std::string& list) {
    std::vector<std::string> items;
    for (const auto& each : read(list).links.in) items.push_back(each.other.id);
    return items;
  }

  // What somebody else did to the record meanwhile.
  void changed(const std::string& id, store::Columns values) {
    values.emplace_back("version", read(id).version + 1);
    ChangeSet change;
    change.act.action = "record.edit";
    change.rows.push_back({store::RowWrite::Kind::Update, "record", {{"id", id}}, std::move(values)});
    ASSERT_TRUE(world_.commit(change));
  }

  // A list whose items are made, the first of them, and an activity that took place.
  void adopted() {
    list_ = *draft("list", {{"title", "2026年清单"}});
    ASSERT_TRUE(step(list_, "adopt"));
    item_ = items_of(list_).front();
    activity_ = *draft("activity", {{"title", "党课"}, {"date", "2026-02-28"}});
  }

  fixtures::DualReports world_;
  RecordTypes types_ = *read_record_types("dual_reports", fixtures::task_list_types(),
                                          {{"drafter", {{"title", {{"en", "Drafter"}, {"zh-CN", "承办人"}}}}}});
  Catalogues catalogues_ = read_catalogues(
      {{"items", {{{"code", "T01"}, {"title", {{"en", "Deploy", }, {"zh-CN", "部署"}}}, {"spec", "会议记录"}},
                  {{"code", "T02"}, {"title", {{"en", "Life"}, {"zh-CN", "生活"}}}}}}});
  std::string list_;
  std::string item_;
  std::string activity_;
};

TEST_F(LinkedRecords, AFreeRecordIsDraftedWithoutAnObligation) {
  const auto id = draft("list", {{"title", "清单"}});
  ASSERT_TRUE(id);
  const auto record = read(*id);
  EXPECT_EQ(record.obligation, "");
  EXPECT_EQ(record.period, "2026");
  EXPECT_EQ(record.unit, world_.unit("qinglan-finance"));
}

TEST_F(LinkedRecords, ManyFreeRecordsStandBesideEachOther) {
  ASSERT_TRUE(draft("activity", Json::object()));
  EXPECT_TRUE(draft("activity", Json::object()));
}

TEST_F(LinkedRecords, WhoHoldsNoRoleAtTheUnitDraftsNothingThere) {
  EXPECT_THAT(plan_draft(type("list"), Ground(world_.unit("qinglan-finance"), "2026"), Json::object(),
                         world_.actor(kCity), planning()),
              RefusedWith(Code::Forbidden));
}

TEST_F(LinkedRecords, APeriodIsAYearOrNothingAsTheTypeSays) {
  const auto today = base::make_date(2026, 3, 1);
  EXPECT_EQ(*free_period(type("list"), "", today), "2026");
  EXPECT_EQ(*free_period(type("list"), "2025", today), "2025");
  EXPECT_THAT(free_period(type("list"), "soon", today), RefusedWith(Code::RequestMalformed));
  EXPECT_EQ(*free_period(type("activity"), "", today), "");
  EXPECT_THAT(free_period(type("activity"), "2026", today), RefusedWith(Code::RequestMalformed));
  EXPECT_THAT(free_period(world_.type(), "", today), RefusedWith(Code::RecordNotFree));
}

TEST_F(LinkedRecords, ADateMustExist) {
  const auto refused = draft("activity", {{"date", "2026-02-29"}});
  ASSERT_THAT(refused, RefusedWith(Code::RecordFieldInvalid));
  EXPECT_EQ(refused.error().where.pointer, "/date");
  EXPECT_TRUE(draft("activity", {{"date", "2028-02-29"}}));
}

TEST_F(LinkedRecords, AFaultInARowNamesTheRow) {
  const Json rows = Json::array({{{"name", "甲"}, {"since", "2020-01-01"}}, {{"name", "乙"}, {"since", "1.1."}}});
  const auto refused = draft("activity", {{"present", rows}});
  ASSERT_THAT(refused, RefusedWith(Code::RecordFieldInvalid));
  EXPECT_EQ(refused.error().where.pointer, "/present/1/since");
  const auto missing = draft("activity", {{"present", Json::array({Json::object()})}});
  ASSERT_THAT(missing, RefusedWith(Code::RecordFieldInvalid));
  EXPECT_EQ(missing.error().where.pointer, "/present/0/name");
}

TEST_F(LinkedRecords, ACodeIsOneOfTheCatalogueOrOfWhatALocalityAdds) {
  EXPECT_THAT(draft("item", {{"code", "T11"}}), RefusedWith(Code::RecordFieldInvalid));
  catalogues_["items"] = with_local(catalogues_["items"], {"T11 一岗双责", "T01 不得覆盖", "无代码"});
  ASSERT_THAT(catalogues_["items"], SizeIs(3));
  EXPECT_TRUE(draft("item", {{"code", "T11"}}));
}

TEST_F(LinkedRecords, AStepMakesOneRecordForEachItemInTheSameEntry) {
  adopted();
  const auto items = items_of(list_);
  ASSERT_THAT(items, SizeIs(2));
  const auto first = read(items[0]);
  EXPECT_EQ(first.content, Json({{"code", "T01"}, {"title", "部署"}, {"spec", "会议记录"}}));
  EXPECT_EQ(first.state, "draft");
  EXPECT_EQ(first.period, "2026");
  const auto entries = world_.session().query(
      "SELECT COUNT(DISTINCT entry) FROM record_link UNION ALL SELECT COUNT(*) FROM record_link l JOIN record r"
      " ON r.id = l.target AND r.entry = l.entry");
  EXPECT_EQ((*entries)[0].integer(0), 1);
  EXPECT_EQ((*entries)[1].integer(0), 2);
}

TEST_F(LinkedRecords, WhatIsThereIsNotMadeAgain) {
  adopted();
  catalogues_["items"] = with_local(catalogues_["items"], {"T11 一岗双责"});
  ASSERT_TRUE(step(list_, "adopt"));
  EXPECT_THAT(items_of(list_), SizeIs(3));
}

TEST_F(LinkedRecords, AStepWaitsUntilWhatIsLinkedToTheRecordIsDone) {
  adopted();
  EXPECT_THAT(step(list_, "close"), RefusedWith(Code::StepAwaitsLinked));
  ASSERT_TRUE(step(activity_, "verify"));
  for (const auto& item : items_of(list_)) {
    ASSERT_TRUE(link(item, "evidence", activity_));
    ASSERT_TRUE(step(item, "verify"));
  }
  EXPECT_TRUE(step(list_, "close"));
}

TEST_F(LinkedRecords, AStepNeedsConfirmedLinksToRecordsInTheStatesItNames) {
  adopted();
  EXPECT_THAT(step(item_, "verify"), RefusedWith(Code::StepNeedsLink));
  ASSERT_TRUE(link(item_, "evidence", activity_));
  EXPECT_THAT(step(item_, "verify"), RefusedWith(Code::StepNeedsLink));
  ASSERT_TRUE(step(activity_, "verify"));
  EXPECT_TRUE(step(item_, "verify"));
}

TEST_F(LinkedRecords, AStepThatRestedOnALinkedRecordIsStaleWhenThatMoved) {
  adopted();
  ASSERT_TRUE(step(activity_, "verify"));
  ASSERT_TRUE(link(item_, "evidence", activity_));
  const auto record = read(item_);
  const auto actor = world_.actor(kClerk);
  const auto admitted = *admit_step(type("item"), record, {"verify", ""}, actor);
  const auto plan = plan_step(type("item"), record, admitted, "", {}, nullptr, actor, planning());
  changed(activity_, {});
  EXPECT_THAT(written(plan), RefusedWith(Code::StaleRead));
}

TEST_F(LinkedRecords, ANewItemMakesAStepStaleThatCountedTheItems) {
  adopted();
  const auto before = read(list_).version;
  ASSERT_TRUE(draft("item", {{"code", "T02"}}, {order("of", list_)}));
  EXPECT_EQ(read(list_).version, before + 1);
}

TEST_F(LinkedRecords, ALinkLeadsOnlyWhereItsKindLeads) {
  adopted();
  EXPECT_THAT(link(item_, "evidence", list_), RefusedWith(Code::LinkUnfit));
  EXPECT_THAT(link(item_, "nonsense", list_), RefusedWith(Code::LinkKindUnknown));
  EXPECT_THAT(link(item_, "of", list_), RefusedWith(Code::LinkUnfit));
  EXPECT_THAT(link(item_, "evidence", activity_, kCity), RefusedWith(Code::Forbidden));
}

TEST_F(LinkedRecords, NoMoreLinksThanTheKindAllows) {
  adopted();
  ASSERT_TRUE(link(item_, "evidence", activity_));
  ASSERT_TRUE(link(item_, "evidence", *draft("activity", Json::object())));
  EXPECT_THAT(link(item_, "evidence", *draft("activity", Json::object())), RefusedWith(Code::LinkUnfit));
}

TEST_F(LinkedRecords, ARecordLeavesItsDraftOnlyWithTheLinksItMustHave) {
  adopted();
  const auto lonely = *draft("item", {{"code", "T01"}});
  EXPECT_THAT(step(lonely, "start"), RefusedWith(Code::StepNeedsLink));
  EXPECT_TRUE(step(item_, "start"));
}

TEST_F(LinkedRecords, NothingIsAddedToAParentThatIsComplete) {
  list_ = *draft("list", Json::object());
  changed(list_, {{"state", "verified"}});
  EXPECT_THAT(draft("item", {{"code", "T01"}}, {order("of", list_)}), RefusedWith(Code::LinkUnfit));
}

TEST_F(LinkedRecords, AProposedLinkCountsOnceItIsConfirmed) {
  adopted();
  ASSERT_TRUE(step(activity_, "verify"));
  auto record = read(item_);
  const auto version = record.version;
  ASSERT_TRUE(written(plan_propose_link(type("item"), record, order("evidence", activity_), {},
                                        Actor{"module:dual_reports", {}}, planning())));
  record = read(item_);
  EXPECT_EQ(record.version, version) << "a proposal is in nobody's way";
  EXPECT_THAT(step(item_, "verify"), RefusedWith(Code::StepNeedsLink));
  const auto proposed = record.links.out.back();
  EXPECT_EQ(proposed.proposed_by, "module:dual_reports");
  ASSERT_TRUE(written(plan_confirm_link(type("item"), record, proposed.id, order("evidence", activity_),
                                        world_.actor(kClerk), planning())));
  EXPECT_TRUE(step(item_, "verify"));
}

TEST_F(LinkedRecords, ALinkIsTakenBackWithAReasonAndStays) {
  adopted();
  ASSERT_TRUE(link(item_, "evidence", activity_));
  const auto take_back = [&](const std::string& reason) {
    const auto record = read(item_);
    return written(plan_take_back_link(type("item"), record, record.links.out.back().id,
                                       order("evidence", activity_), reason, world_.actor(kClerk), planning()));
  };
  EXPECT_THAT(take_back(" "), RefusedWith(Code::StepReasonMissing));
  ASSERT_TRUE(take_back("材料有误"));
  EXPECT_THAT(read(item_).links.out, SizeIs(1));  // that to its list
  const auto rows = world_.session().query("SELECT reason FROM record_link WHERE state = 'taken_back'");
  ASSERT_THAT(*rows, SizeIs(1));
  EXPECT_EQ((*rows)[0].text(0), "材料有误");
  EXPECT_EQ(read(item_).history.back().step, "link.take_back");
  EXPECT_TRUE(link(item_, "evidence", activity_)) << "it may be linked again";
}

TEST_F(LinkedRecords, LinksStayAsTheyAreWhereTheKindIsClosed) {
  adopted();
  ASSERT_TRUE(step(activity_, "verify"));
  ASSERT_TRUE(link(item_, "evidence", activity_));
  ASSERT_TRUE(step(item_, "verify"));
  EXPECT_THAT(link(item_, "evidence", *draft("activity", Json::object())), RefusedWith(Code::LinkUnfit));
}

TEST_F(LinkedRecords, WhoReadsTheParentReadsWhatBelongsToIt) {
  adopted();
  Visibility visibility{{{"dual_reports", "list", {Side::Owner}, {world_.unit("qinglan-finance")}}}};
  EXPECT_FALSE(*is_visible(world_.session(), visibility, item_));
  visibility.parents.push_back({"dual_reports", "item", "of", "list"});
  EXPECT_TRUE(*is_visible(world_.session(), visibility, item_));
  EXPECT_TRUE(*is_visible_through_parent(world_.session(), visibility, item_));
  EXPECT_FALSE(*is_visible(world_.session(), visibility, activity_));
  store::Statement all("SELECT r.id FROM record r WHERE ");
  restrict_to(visibility, all);
  EXPECT_EQ(all.rows(world_.session())->size(), 3U);
}

TEST_F(LinkedRecords, WhatIsMoreSensitiveThanItsParentIsNotReadThroughIt) {
  adopted();
  Visibility visibility{{{"dual_reports", "list", {Side::Owner}, {world_.unit("qinglan-finance")}}}};
  visibility.parents.push_back({"dual_reports", "item", "of", "list"});
  changed(item_, {{"sensitivity", "sensitive"}});
  EXPECT_FALSE(*is_visible(world_.session(), visibility, item_));
}

TEST_F(LinkedRecords, WhoIsRecusedFromTheParentReadsNothingThroughIt) {
  adopted();
  Visibility visibility{{{"dual_reports", "list", {Side::Owner}, {world_.unit("qinglan-finance")}}}};
  visibility.parents.push_back({"dual_reports", "item", "of", "list"});
  visibility.person = world_.actor(kClerk).person;
  auto record = read(list_);
  RecordWriter writer(record, "record.recuse", store::Audience::OwnSide, world_.actor(kClerk), planning());
  writer.keep_version();
  writer.add_recusal({"", visibility.person, "配偶", "declared", "", "", {}, world_.clock_.now()}, world_.ids_.next());
  auto plan = writer.finish();
  ASSERT_TRUE(world_.commit(plan));
  EXPECT_FALSE(*is_visible(world_.session(), visibility, item_));
}

}  // namespace
}  // namespace zeren::records
