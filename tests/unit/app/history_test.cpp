// Earlier ledgers become history: whole or not at all, once, and never a debt.
#include <gmock/gmock.h>

#include "app/commands/history_commands.hpp"
#include "app/queries/history_queries.hpp"
#include "app/queries/sheets.hpp"
#include "documents/sheet.hpp"
#include "unit/app/host_world.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using testing::AllOf;
using testing::HasSubstr;

const std::string kHeads = "unit,rule,title,person,period,due,done,result,document,remark\n";
const std::string kFinance = "qinglan-finance,DR1,,,2023,2024-01-31,2024-01-25,已报送,青财党〔2024〕3号,\n";
const std::string kCounty = "yunxiu,,专题学习,p-001,2024Q4,2024-12-31,,,,原台账未记载\n";

class E12EarlierLedgersAreImportedAsHistory : public fixtures::HostWorld {
 protected:
  base::Result<Json> take(const access::Principal& who, const std::string& bytes, const std::string& name = "旧台账.csv") {
    return run(who, import_history(who, "dual_reports", {name, bytes}));
  }
  base::Result<Json> preview(const access::Principal& who, const std::string& bytes) {
    return host_->query(preview_history(who, "dual_reports", {"旧台账.csv", bytes}));
  }
  /// What the ledger of the principal holds from before.
  std::vector<Json> history(const access::Principal& who, const ObligationFilter& filter = {}) {
    std::vector<Json> lines;
    const auto list = ask(list_obligations(who, filter, {Page::kAll, ""}));
    for (const auto& item : list.at("items")) {
      if (!item.at("history").is_null()) lines.push_back(item);
    }
    return lines;
  }
  /// `3:due history_not_before` of every fault.
  static std::vector<std::string> faults(const base::Result<Json>& refused) {
    EXPECT_FALSE(refused.has_value());
    std::vector<std::string> found;
    if (refused) return found;
    for (const auto& cause : refused.error().causes) {
      EXPECT_EQ(cause.where.file, "旧台账.csv");
      found.push_back(std::to_string(cause.where.line) + ":" + cause.where.pointer + " " +
                      std::string(base::name_of(cause.code)));
    }
    return found;
  }

  access::Principal system_ = access::system_principal("test");
};

TEST_F(E12EarlierLedgersAreImportedAsHistory, WithWhatWasDoneAndOneEntry) {
  const auto done = must(take(system_, kHeads + kFinance + kCounty));
  EXPECT_EQ(done.at("taken"), 2);
  EXPECT_EQ(done.at("already"), 0);
  EXPECT_EQ(entries("history.import"), 1);
  const auto lines = history(system_);
  ASSERT_EQ(lines.size(), 2U);
  const auto& finance = lines.at(0);
  EXPECT_EQ(finance.at("owner").at("code"), "qinglan-finance");
  EXPECT_EQ(finance.at("title").at("zh-CN"), "主体责任年度报告");
  EXPECT_EQ(finance.at("history").at("done"), "2024-01-25");
  EXPECT_EQ(finance.at("history").at("result"), "已报送");
  EXPECT_EQ(finance.at("history").at("document"), "青财党〔2024〕3号");
  EXPECT_EQ(finance.at("history").at("row"), 2);
  const auto& county = lines.at(1);
  EXPECT_EQ(county.at("title").at("en"), "专题学习");
  EXPECT_EQ(county.at("history").at("person").at("name"), "程景岳");
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, WhichIsNeverRedNorCounted) {
  const auto before = ask(summarise_obligations(system_, {}));
  const auto inbox = number("SELECT COUNT(*) FROM inbox_item");
  must(take(system_, kHeads + kFinance + kCounty));
  move_to("2026-06-01");
  for (const auto& line : history(system_)) {
    EXPECT_TRUE(line.at("light").is_null());
    EXPECT_EQ(line.at("light_title").at("zh-CN"), "启用前");
    EXPECT_EQ(line.at("light_title").at("en"), "Before introduction");
    EXPECT_EQ(line.at("before_cut_over"), true);
  }
  EXPECT_THAT(history(system_, {"", "", "", records::Light::Red, UnitMapping::Today}), testing::IsEmpty());
  move_to("2026-01-01");
  EXPECT_EQ(ask(summarise_obligations(system_, {})), before);
  EXPECT_EQ(number("SELECT COUNT(*) FROM inbox_item"), inbox);
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, AndAllThatIsWrongIsNamedAtOnce) {
  const auto refused = take(system_, kHeads +
                                         "nobody,DR1,,,2023,2024-01-31,,,,\n"
                                         "qinglan-finance,DR1,,p-999,2023,2026-01-01,,,,\n"
                                         "qinglan-finance,DR77,,,2023,2024-01-31,2027-01-01,,,\n"
                                         "qinglan-finance,,,,二〇二三,2024-01-31,,,,\n"
                                         "qinglan-finance,DR1,,,2022,2023-02-29,,,,\n" +
                                         kCounty + kCounty);
  EXPECT_THAT(faults(refused),
              testing::ElementsAre("2:unit csv_unknown_reference", "3:person csv_unknown_reference",
                                   "3:due history_not_before", "4:rule csv_value_invalid",
                                   "4:done csv_value_invalid", "5:title csv_value_missing",
                                   "5:period csv_value_invalid", "6:due date_invalid", "8:unit csv_duplicate"));
  EXPECT_THAT(history(system_), testing::IsEmpty());
  EXPECT_EQ(number("SELECT COUNT(*) FROM history_import"), 0);
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, AndAMissingColumnIsToldWithAllThatThereAre) {
  const auto refused = take(system_, "unit,title,period\nyunxiu,专题学习,2024\n");
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(base::report_of(refused.error()),
              HasSubstr("unit, rule, title, person, period, due, done, result, document, remark"));
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, InADryRunThatChangesNothing) {
  const auto told = must(preview(system_, kHeads + kFinance + kCounty));
  EXPECT_EQ(told.at("taken"), 2);
  EXPECT_TRUE(told.at("import").is_null());
  EXPECT_EQ(told.at("rows").at(1).at("change"), "taken");
  EXPECT_EQ(told.at("rows").at(1).at("row"), 3);
  EXPECT_THAT(history(system_), testing::IsEmpty());
  EXPECT_EQ(entries("history.import"), 0);
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, OnceHoweverOftenTheFileIsGiven) {
  must(take(system_, kHeads + kFinance));
  const auto again = must(take(system_, kHeads + kFinance, "副本.csv"));
  EXPECT_EQ(again.at("taken"), 0);
  EXPECT_EQ(again.at("already"), 1);
  EXPECT_TRUE(again.at("import").is_null());
  EXPECT_EQ(entries("history.import"), 1);
  const auto longer = must(take(system_, kHeads + kFinance + kCounty));
  EXPECT_EQ(longer.at("taken"), 1);
  EXPECT_EQ(history(system_).size(), 2U);
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, AndOtherWordsForTheSameDutyAreRefusedUntilItIsStruckOut) {
  const auto first = must(take(system_, kHeads + kFinance)).at("import").get<std::string>();
  const auto corrected = kHeads + "qinglan-finance,DR1,,,2023,2024-01-31,2024-01-26,已报送,青财党〔2024〕3号,\n";
  const auto refused = take(system_, corrected);
  EXPECT_THAT(faults(refused), testing::ElementsAre("2:unit history_differs"));
  EXPECT_THAT(base::report_of(refused.error()), AllOf(HasSubstr(first), HasSubstr("--row 2")));
  must(run(system_, withdraw_history(system_, first, {2}, "完成日有误")));
  EXPECT_EQ(must(take(system_, corrected)).at("taken"), 1);
  EXPECT_EQ(history(system_).at(0).at("history").at("done"), "2024-01-26");
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, AndWhatIsStruckOutLeavesTheLedgerAndStaysForAuditors) {
  const auto import = must(take(system_, kHeads + kFinance + kCounty)).at("import").get<std::string>();
  EXPECT_EQ(run(system_, withdraw_history(system_, import, {}, " ")).error().code, Code::StepReasonMissing);
  EXPECT_EQ(run(system_, withdraw_history(system_, import, {7}, "误转")).error().code, Code::HistoryUnknown);
  EXPECT_EQ(must(run(system_, withdraw_history(system_, import, {3}, "误转"))).at("struck"), 1);
  EXPECT_EQ(history(system_).size(), 1U);
  EXPECT_EQ(run(system_, withdraw_history(system_, import, {3}, "误转")).error().code, Code::HistoryUnknown);
  EXPECT_EQ(must(run(system_, withdraw_history(system_, import, {}, "整份误转"))).at("struck"), 1);
  EXPECT_THAT(history(system_), testing::IsEmpty());
  const auto auditor = principal("audit");
  const auto rows = ask(list_rows_of_import(auditor, import, {})).at("items");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows.at(0).at("struck").at("reason"), "整份误转");
  EXPECT_EQ(rows.at(1).at("struck").at("reason"), "误转");
  EXPECT_EQ(entries("history.withdraw"), 2);
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, ByThoseWhoDraftTheRecordsOfTheUnit) {
  const auto clerk = principal("qinglan-finance-clerk");
  EXPECT_EQ(must(take(clerk, kHeads + kFinance)).at("taken"), 1);
  const auto refused = take(clerk, kHeads + kFinance + kCounty);
  EXPECT_THAT(faults(refused), testing::ElementsAre("3:unit forbidden"));
  EXPECT_EQ(refused.error().code, Code::Forbidden);
  EXPECT_EQ(take(principal("qinglan-finance-principal"), kHeads + kFinance).error().code, Code::Forbidden);
  const auto auditor = principal("audit");
  EXPECT_EQ(take(auditor, kHeads + kFinance).error().code, Code::Forbidden);
  EXPECT_EQ(preview(auditor, kHeads + kFinance).error().code, Code::Forbidden);
  EXPECT_EQ(history(system_).size(), 1U);
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, AndSeenByWhoSeesTheObligationsOfTheUnit) {
  must(take(system_, kHeads + kFinance + kCounty));
  const auto finance = history(principal("qinglan-finance-clerk"));
  ASSERT_EQ(finance.size(), 1U);
  EXPECT_EQ(finance.at(0).at("owner").at("code"), "qinglan-finance");
  const auto county = history(principal("yunxiu-clerk"));
  ASSERT_EQ(county.size(), 1U);
  EXPECT_EQ(county.at(0).at("owner").at("code"), "yunxiu");
  EXPECT_THAT(history(principal("security")), testing::IsEmpty());
  EXPECT_EQ(history(system_, {"dual_reports", "yunxiu", "2024Q4", std::nullopt, UnitMapping::Today}).size(), 1U);
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, AndByThePersonWhoseDutyItWas) {
  const auto clerk = principal("qinglan-finance-clerk");
  const auto person = ask([&](Snapshot& snapshot) -> base::Result<Json> {
    return Json(snapshot.organisation().person(clerk.person)->code);
  }).get<std::string>();
  must(take(system_, kHeads + "yunxiu,,述职," + person + ",2023,2023-12-31,,,,\n"));
  EXPECT_EQ(history(clerk).size(), 1U);
  EXPECT_THAT(history(principal("qinglan-finance-principal")), testing::IsEmpty());
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, AndImportsAreKnownToAdministratorsAndWhoMadeThem) {
  const auto clerk = principal("qinglan-finance-clerk");
  const auto import = must(take(clerk, kHeads + kFinance)).at("import").get<std::string>();
  EXPECT_EQ(ask(list_history_imports(clerk, {})).at("items").at(0).at("by"), "qinglan-finance-clerk");
  EXPECT_EQ(ask(list_history_imports(principal("audit"), {})).at("items").size(), 1U);
  const auto other = principal("yunxiu-clerk");
  EXPECT_EQ(ask(list_history_imports(other, {})).at("items").size(), 0U);
  EXPECT_EQ(host_->query(list_rows_of_import(other, import, {})).error().code, Code::HistoryUnknown);
  EXPECT_EQ(run(other, withdraw_history(other, import, {}, "不是我的")).error().code, Code::HistoryUnknown);
  EXPECT_EQ(run(principal("audit"), withdraw_history(principal("audit"), import, {}, "审计")).error().code,
            Code::Forbidden);
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, AndStruckOutByWhoDraftsForTheUnitWhoeverMadeTheImport) {
  const auto import = must(take(system_, kHeads + kFinance)).at("import").get<std::string>();
  const auto clerk = principal("qinglan-finance-clerk");
  const auto stranger = principal("yunxiu-clerk");
  EXPECT_EQ(run(stranger, withdraw_history(stranger, import, {}, "不是我的")).error().code, Code::HistoryUnknown);
  EXPECT_EQ(must(run(clerk, withdraw_history(clerk, import, {}, "年份有误"))).at("struck"), 1);
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, AndTellsNobodyWhatStandsOfOtherUnits) {
  must(take(system_, kHeads + kFinance));
  auto other = kFinance;
  other.replace(other.find("2024-01-25"), 10, "2024-01-26");
  const auto refused = take(principal("yunxiu-clerk"), kHeads + other);
  EXPECT_THAT(faults(refused), testing::ElementsAre("2:unit forbidden"));
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, FromNoWorkbookThatIsWiderThanAnybodyReads) {
  documents::Sheet sheet{"台账", {{{"单位代码"}}}, {{std::string("yunxiu")}}};
  for (int column = 1; column < 60; ++column) {
    sheet.columns.push_back({{"列" + std::to_string(column)}});
    sheet.rows.front().emplace_back(std::string("x"));
  }
  const auto refused = take(system_, documents::xlsx_of(sheet).value(), "旧台账.xlsx");
  ASSERT_FALSE(refused.has_value());
  const auto& error = refused.error();
  const auto code = error.causes.empty() ? error.code : error.causes.front().code;
  EXPECT_EQ(code, Code::SheetTooLarge);
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, FromGb18030AndFromWorkbooksWithChineseHeads) {
  const auto chinese = take(system_,
                            "unit,title,period,due,done,result\n"
                            "yunxiu,\xD2\xD1\xB1\xA8\xCB\xCD,2023,2023/12/31,2023/12/1,\xD2\xD1\xB1\xA8\xCB\xCD\n");
  ASSERT_TRUE(chinese.has_value()) << base::report_of(chinese.error());
  const documents::Sheet sheet{
      "云岫县启用前台账",
      {{{"单位代码"}}, {{"事项"}}, {{"期间"}}, {{"截止日"}}, {{"完成日"}}, {{"办理结果"}}},
      {{std::string("yunxiu"), std::string("述责述廉"), std::int64_t{2022}, base::make_date(2022, 12, 31),
        base::make_date(2022, 12, 20), std::string("已开展\n两场")}}};
  const auto workbook = take(system_, documents::xlsx_of(sheet).value(), "旧台账.xlsx");
  ASSERT_TRUE(workbook.has_value()) << base::report_of(workbook.error());
  const auto lines = history(system_);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines.at(0).at("history").at("done"), "2022-12-20");
  EXPECT_EQ(lines.at(0).at("period"), "2022");
  EXPECT_EQ(lines.at(0).at("history").at("row"), 3);
  EXPECT_EQ(lines.at(1).at("history").at("result"), "已报送");
  EXPECT_EQ(lines.at(1).at("due"), "2023-12-31");
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, WithColumnsOfItsOwnInTheSheetOfALedgerThatHasSome) {
  const auto sheet_of = [&] {
    return ledger_sheet(ask(list_obligations(system_, {}, {Page::kAll, ""})), base::Language::Chinese);
  };
  const auto before = sheet_of();
  must(take(system_, kHeads + kFinance));
  const auto after = sheet_of();
  EXPECT_EQ(after.rows.size(), before.rows.size() + 1);
  EXPECT_EQ(after.columns.size(), before.columns.size() + 5);
  const auto csv = documents::csv_of(after);
  EXPECT_THAT(csv, AllOf(HasSubstr("启用前"), HasSubstr("2024-01-25"), HasSubstr("青财党〔2024〕3号")));
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, PagedWithWhatIsOwed) {
  must(take(system_, kHeads + kFinance + kCounty));
  const auto whole = ask(list_obligations(system_, {}, {Page::kAll, ""})).at("items");
  auto joined = Json::array();
  Page page{3, ""};
  for (;;) {
    const auto part = ask(list_obligations(system_, {}, page));
    for (const auto& item : part.at("items")) joined.push_back(item);
    if (part.at("next").is_null()) break;
    page.cursor = part.at("next").get<std::string>();
  }
  EXPECT_EQ(joined, whole);
}

}  // namespace
}  // namespace zeren::app
