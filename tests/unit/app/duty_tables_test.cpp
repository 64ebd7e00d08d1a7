// Ledgers, indicators and the burden meter: what they show, to whom, and what it rests on.
#include "app/commands/task_commands.hpp"
#include "app/queries/burden_queries.hpp"
#include "app/queries/indicator_queries.hpp"
#include "app/queries/ledger_tables.hpp"
#include "unit/app/duty_world.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Language;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Page kWhole{Page::kAll, ""};

class DutyTablesTest : public fixtures::DutyWorld {
 protected:
  // One order for each quarter that a deadline is given for, issued.
  std::vector<std::string> orders(const std::vector<std::string>& deadlines) {
    std::vector<std::string> ids;
    const auto clerk = principal("yunxiu-clerk");
    for (const auto& deadline : deadlines) {
      const auto owed = owed_under("Q1").at(ids.size()).at("id").get<std::string>();
      ids.push_back(draft_order(
          owed, {{"title", "督办" + deadline}, {"deadline", deadline}, {"urgent", true}}));
      must(run(clerk, take_step(clerk, ids.back(), 1, {"issue", "", ""})));
    }
    return ids;
  }

  Json ledger(const std::string& account, const std::string& name, const Page& page = kWhole) {
    return ask(show_ledger(principal(account), "duties", name, {}, page));
  }

  static std::vector<std::string> column(const Json& ledger, std::size_t index) {
    std::vector<std::string> cells;
    for (const auto& item : ledger.at("items")) cells.push_back(item.at("cells").at(index));
    return cells;
  }

  Json indicator(const std::string& account, const std::string& name) {
    return ask(list_indicators(principal(account), {"duties", name, {}}, kWhole)).at("items");
  }

  Json burden(const std::string& account, const base::Period& span) {
    return ask(list_burden(principal(account), "", span, kWhole)).at("items");
  }

  static Json asked(const Json& burden, const std::string& kind) {
    auto found = Json::array();
    for (const auto& item : burden.at("asked")) {
      if (item.at("kind") == kind) found.push_back(item);
    }
    return found;
  }

  static base::Period january() {
    return {base::make_date(2026, 1, 1), base::make_date(2026, 2, 1)};
  }
};

TEST_F(DutyTablesTest, ALedgerShowsItsColumnsFilteredAndInItsOrder) {
  orders({"2026-02-10", "2026-05-10", "2026-03-01"});
  draft_order(owed_under("Q1").at(3).at("id"), {{"title", "未下发"}});
  const auto shown = ledger("yunxiu-clerk", "orders");
  EXPECT_THAT(column(shown, 2), ElementsAre("2026-05-10", "2026-03-01", "2026-02-10"));
  EXPECT_EQ(shown.at("items").at(0).at("cells").at(3), true);
  EXPECT_EQ(shown.at("items").at(0).at("cells").at(4).at("zh-CN"), "已下发");
  EXPECT_EQ(shown.at("columns").at(0).at("group").at("zh-CN"), "督办事项");
}

TEST_F(DutyTablesTest, PagesOfALedgerJoinToTheWhole) {
  orders({"2026-02-10", "2026-02-10", "", "2026-05-10"});
  const auto whole = ledger("yunxiu-clerk", "orders").at("items");
  ASSERT_THAT(whole, SizeIs(4));
  Json joined = Json::array();
  std::string cursor;
  do {
    const auto page = ledger("yunxiu-clerk", "orders", {1, cursor});
    ASSERT_THAT(page.at("items"), SizeIs(1));
    joined.push_back(page.at("items").at(0));
    cursor = page.at("next").is_null() ? "" : page.at("next").get<std::string>();
  } while (!cursor.empty());
  EXPECT_EQ(joined, whole);
}

TEST_F(DutyTablesTest, ACursorOfALedgerThatNamesNoPlaceInItIsRefused) {
  const auto list = Json{"ledger", "duties", "orders", "", ""}.dump();
  const auto forged = cursor_after(list, Json::array({"2026-02-10"}));
  const auto page =
      host_->query(show_ledger(principal("yunxiu-clerk"), "duties", "orders", {}, {1, forged}));
  ASSERT_FALSE(page.has_value());
  EXPECT_EQ(page.error().code, Code::CursorInvalid);
}

TEST_F(DutyTablesTest, ALedgerShowsWhatItsReaderMaySeeAndNoMore) {
  orders({"2026-02-10"});
  EXPECT_THAT(ledger("yunxiu-principal", "orders").at("items"), SizeIs(1));
  EXPECT_THAT(ledger("qinglan-finance-clerk", "orders").at("items"), IsEmpty());
  EXPECT_THAT(ledger("qinglan-finance-clerk", "quarters").at("items"), SizeIs(4));  // its own
}

TEST_F(DutyTablesTest, ALedgerOfObligationsShowsDatesAndLights) {
  const auto shown = ask(
      show_ledger(principal("yunxiu-clerk"), "duties", "quarters", {"yunxiu", "2026Q1"}, kWhole));
  ASSERT_THAT(shown.at("items"), SizeIs(1));
  const auto& cells = shown.at("items").at(0).at("cells");
  EXPECT_EQ(cells.at(0).at("zh-CN"), "每季督办");
  EXPECT_EQ(cells.at(3), "2026-03-31");
  EXPECT_EQ(cells.at(4).at("en"), records::light_catalogue().at("grey").at("title").at("en"));
}

TEST_F(DutyTablesTest, ASheetOfALedgerHasBothLevelsOfHeadingsAndRealDates) {
  orders({"2026-02-10"});
  const auto sheet = sheet_of_ledger(ledger("yunxiu-clerk", "orders"), Language::Chinese);
  EXPECT_EQ(sheet.title, "督办台账");
  EXPECT_THAT(sheet.columns.at(1).headings, ElementsAre("督办事项", "事项"));
  EXPECT_EQ(sheet.columns.at(1).width, 40);
  EXPECT_EQ(std::get<base::Date>(sheet.rows.at(0).at(2)), base::make_date(2026, 2, 10));
  EXPECT_EQ(std::get<std::string>(sheet.rows.at(0).at(3)), "是");
}

TEST_F(DutyTablesTest, AnUnknownLedgerIsRefusedWithThoseThereAre) {
  const auto none =
      host_->query(show_ledger(principal("yunxiu-clerk"), "duties", "nothing", {}, kWhole));
  ASSERT_FALSE(none.has_value());
  EXPECT_EQ(none.error().code, Code::LedgerUnknown);
  EXPECT_EQ(none.error().args.at("known"), "orders, quarters");
}

TEST_F(DutyTablesTest, ACountNamesTheRecordsItCounted) {
  const auto ids = orders({"2026-02-10", "2026-05-10"});
  EXPECT_THAT(indicator("yunxiu-clerk", "settled"), IsEmpty());
  take(ids[0], 2, "accept");
  const auto figures = indicator("yunxiu-clerk", "settled");
  ASSERT_THAT(figures, SizeIs(1));
  EXPECT_EQ(figures[0].at("value"), 1);
  EXPECT_EQ(figures[0].at("period"), "2026Q1");
  EXPECT_EQ(figures[0].at("unit").at("code"), "yunxiu");
  EXPECT_EQ(figures[0].at("records"), Json::array({ids[0]}));
  EXPECT_THAT(indicator("qinglan-finance-clerk", "settled"), IsEmpty());
}

TEST_F(DutyTablesTest, AShareIsOfWhatItIsTakenOfAndThatIsItsEvidence) {
  const auto ids = orders({"2026-02-10"});
  EXPECT_EQ(indicator("yunxiu-clerk", "share_settled").at(0).at("value"), "0.0");
  take(ids[0], 2, "accept");
  const auto figure = indicator("yunxiu-clerk", "share_settled").at(0);
  EXPECT_EQ(figure.at("value"), "100.0");
  EXPECT_EQ(figure.at("of"), 1);
  EXPECT_EQ(figure.at("in"), 1);
  EXPECT_EQ(figure.at("records"), Json::array({ids[0]}));
  EXPECT_THAT(figure.at("obligations"), SizeIs(1));
}

TEST_F(DutyTablesTest, AnUnknownIndicatorIsRefused) {
  const auto none =
      host_->query(list_indicators(principal("yunxiu-clerk"), {"duties", "nothing", {}}, kWhole));
  ASSERT_FALSE(none.has_value());
  EXPECT_EQ(none.error().code, Code::IndicatorUnknown);
}

TEST_F(DutyTablesTest, TheBurdenSaysWhatWasAskedByWhomAndUnderWhichRule) {
  move_to("2026-01-05");
  const auto clerk = principal("yunxiu-clerk");
  const auto head = principal("yunxiu-principal");
  const auto report =
      must(run(clerk, draft_record(clerk, owed("yunxiu")[0], Json::object()))).value("id", "");
  GivenTask task;
  task.to = {"yunxiu-clerk"};
  task.demand = "核对数据";
  must(run(head, give_task(head, report, task)));
  Json mine;
  for (const auto& item : burden("yunxiu-clerk", january())) {
    if (item.at("unit").at("code") == "yunxiu") mine = item;
  }
  const auto due = asked(mine, "obligation");
  ASSERT_THAT(due, SizeIs(1));
  EXPECT_EQ(due[0].at("rule"), "DR1");
  EXPECT_EQ(due[0].at("module"), "dual_reports");
  EXPECT_EQ(due[0].at("by").at("code"), "qinglan");
  const auto tasks = asked(mine, "task");
  ASSERT_THAT(tasks, SizeIs(1));
  EXPECT_EQ(tasks[0].at("by").at("code"), "yunxiu");
  EXPECT_EQ(mine.at("total"), 2);
}

TEST_F(DutyTablesTest, TheBurdenCountsCopiesThatWereReceivedToSignFor) {
  move_to("2026-01-05");
  file_report("yunxiu");
  const auto items = ask(list_burden(kSystem, "qinglan", january(), kWhole)).at("items");
  ASSERT_THAT(items, SizeIs(1));
  const auto legs = asked(items[0], "leg");
  ASSERT_THAT(legs, SizeIs(1));
  EXPECT_EQ(legs[0].at("by").at("code"), "yunxiu");
  EXPECT_EQ(legs[0].at("count"), 1);
  const base::Period before{base::make_date(2025, 12, 1), base::make_date(2026, 1, 1)};
  EXPECT_THAT(ask(list_burden(kSystem, "qinglan", before, kWhole)).at("items"), IsEmpty());
}

TEST_F(DutyTablesTest, TheBurdenIsShownToTheUnitAndToThoseAboveOnly) {
  const auto units = [&](const std::string& account) {
    std::set<std::string> codes;
    for (const auto& item : burden(account, january())) codes.insert(item.at("unit").at("code"));
    return codes;
  };
  EXPECT_EQ(units("qinglan-finance-clerk"), (std::set<std::string>{"qinglan-finance", "qinglan-finance-group"}));
  EXPECT_TRUE(units("yunxiu-clerk").contains("yunxiu-baitan"));
  EXPECT_FALSE(units("yunxiu-clerk").contains("wangchuan"));
  EXPECT_FALSE(units("yunxiu-clerk").contains("qinglan"));
}

TEST_F(DutyTablesTest, ASheetOfTheBurdenHasALineForEachThingAsked) {
  const auto shown = ask(list_burden(principal("qinglan-finance-clerk"), "qinglan-finance", january(), kWhole));
  const auto sheet = sheet_of_burden(shown, Language::Chinese);
  ASSERT_THAT(sheet.rows, SizeIs(1));
  EXPECT_EQ(std::get<std::string>(sheet.rows[0].at(4)), "主体责任年度报告");
  EXPECT_EQ(std::get<std::int64_t>(sheet.rows[0].at(6)), 1);
}

}  // namespace
}  // namespace zeren::app
