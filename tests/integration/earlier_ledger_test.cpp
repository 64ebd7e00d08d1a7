// A ledger kept in a spreadsheet becomes history of the ledger, over the wire and on the command line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/verify.hpp"
#include "base/digest.hpp"
#include "base/file.hpp"
#include "base/messages.hpp"
#include "documents/sheet.hpp"
#include "integration/served_deployment.hpp"
#include "integration/server_process.hpp"
#include "store/session.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::HasSubstr;

constexpr auto kHistoryImports = "/api/v1/history/imports";
constexpr auto kHistoryDryRun = "/api/v1/history/imports?dry_run=true";
constexpr auto kSampleLedger = ZEREN_SOURCE_DIR "/config/demo/earlier-ledger.csv";

Json ledger_body(const std::string& bytes, const std::string& name = "旧台账.csv") {
  return {{"module", "dual_reports"}, {"file", name}, {"bytes", base::to_base64(base::bytes_of(bytes))}};
}

const std::string kOneEarlierRow =
    "unit,rule,period,due,done,result\nqinglan-finance,DR1,2023,2024-01-31,2024-01-25,已报送\n";

class E12EarlierLedgersAreImportedAsHistory : public testing::Test {
 protected:
  static std::vector<Json> history(const Official& official, const std::string& query = "") {
    std::vector<Json> lines;
    const auto list = official.get("/api/v1/obligations?limit=200" + query).body;
    for (const auto& item : list.at("items")) {
      if (!item.at("history").is_null()) lines.push_back(item);
    }
    return lines;
  }

  audit::Report verify() const {
    auto session = store::Session::open(served_.paths().database(), store::Access::ReadOnly);
    return *audit::verify(*session, {*audit::Verifier::parse(served_.vkey()), served_.paths().last_signed()});
  }

  ServedDeployment served_;
  Official system_ = served_.sign_in("system");
};

TEST_F(E12EarlierLedgersAreImportedAsHistory, WithOneEntryAndNoDebt) {
  const auto summary = system_.get("/api/v1/obligations/summary").body;
  const auto log = served_.log_size();
  const auto sample = base::read_file(kSampleLedger).value();
  const auto told = system_.post(kHistoryDryRun, ledger_body(sample, "earlier-ledger.csv"));
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.body.at("rows").size(), 4U);
  EXPECT_EQ(served_.log_size(), log);
  const auto done = system_.post(kHistoryImports, ledger_body(sample, "earlier-ledger.csv"));
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(done.body.at("taken"), 4);
  EXPECT_EQ(served_.log_size(), log + 1);
  EXPECT_EQ(system_.get("/api/v1/obligations/summary").body, summary);
  const auto clerk = served_.sign_in("qinglan-finance-clerk");
  const auto lines = history(clerk);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines.at(1).at("history").at("remark"), "因人员调整迟报");
  EXPECT_EQ(lines.at(1).at("light_title").at("zh-CN"), "启用前");
  EXPECT_THAT(history(clerk, "&light=red"), testing::IsEmpty());
  const auto csv = clerk.get("/api/v1/obligations?format=csv", "zh-CN").bytes;
  EXPECT_THAT(csv, HasSubstr("青财党〔2025〕2号"));
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, OrRefusedWithEveryRowThatIsWrong) {
  const auto refused = system_.post(kHistoryImports,
                                    ledger_body("unit,title,period,due\nnobody,学习,2023,2023-12-31\n"
                                              "yunxiu,学习,2026,2026-01-31\n"),
                                    {{}, {}, "zh-CN"});
  ASSERT_EQ(refused.status, 422);
  const auto& errors = refused.body.at("errors");
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors.at(0).at("file"), "旧台账.csv");
  EXPECT_EQ(errors.at(0).at("line"), 2);
  EXPECT_EQ(errors.at(1).at("pointer"), "due");
  EXPECT_THAT(errors.at(1).value("detail", ""), HasSubstr("启用日 2026-01-01"));
  const auto unknown = Json{{"module", "nothing"}, {"file", "a.csv"}, {"bytes", ""}};
  EXPECT_EQ(system_.post(kHistoryImports, unknown).body.at("code"), "module_not_enabled");
  EXPECT_EQ(system_.post(kHistoryImports, {{"module", "dual_reports"}, {"file", "a.csv"}, {"bytes", "?"}}).status, 400);
  EXPECT_EQ(served_.sign_in("security").post(kHistoryImports, ledger_body(kOneEarlierRow)).status, 403);
  EXPECT_EQ(served_.sign_in("yunxiu-clerk").post(kHistoryImports, ledger_body(kOneEarlierRow)).status, 403);
  EXPECT_THAT(history(served_.sign_in("qinglan-finance-clerk")), testing::IsEmpty());
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, AndWithdrawnWithAReasonThatAuditorsRead) {
  const auto clerk = served_.sign_in("qinglan-finance-clerk");
  const auto import = clerk.post(kHistoryImports, ledger_body(kOneEarlierRow)).body.at("import").get<std::string>();
  EXPECT_EQ(clerk.post(kHistoryImports, ledger_body(kOneEarlierRow)).body.at("already"), 1);
  const auto path = std::string(kHistoryImports) + "/" + import;
  EXPECT_EQ(clerk.post(path + "/withdraw", {{"reason", "误转"}, {"rows", {2.5}}}).status, 400);
  const auto struck = clerk.post(path + "/withdraw", {{"reason", "误转"}, {"rows", {2}}});
  ASSERT_EQ(struck.status, 200) << struck.body;
  EXPECT_THAT(history(clerk), testing::IsEmpty());
  EXPECT_EQ(clerk.post(path + "/withdraw", {{"reason", "误转"}}).status, 404);
  const auto audit = served_.sign_in("audit");
  EXPECT_EQ(audit.get(kHistoryImports).body.at("items").at(0).at("by"), "qinglan-finance-clerk");
  const auto rows = audit.get(path + "/rows").body.at("items");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.at(0).at("struck").at("reason"), "误转");
  EXPECT_EQ(served_.sign_in("yunxiu-clerk").get(path + "/rows").status, 404);
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, OfAUnitThatEndedForWhoTookOver) {
  const Json files{{"units.csv",
                    "code,name,short_name,level,kind,valid_from,valid_to\n"
                    "qinglan-finance,中共青澜市财政局党组,市财政局党组,department,party_group,2019-01-01,2026-01-15\n"},
                   {"relations.csv",
                    "from,kind,to,valid_from,valid_to,succession\n"
                    "qinglan-finance,successor,yunxiu,2026-01-15,,merge\n"}};
  ASSERT_EQ(system_.post("/api/v1/organisation/imports", {{"files", files}}).status, 200);
  served_.move_to("2026-01-20");
  const auto clerk = served_.sign_in("yunxiu-clerk");
  const auto done = clerk.post(kHistoryImports, ledger_body(kOneEarlierRow));
  ASSERT_EQ(done.status, 200) << done.body;
  const auto lines = history(clerk, "&unit=yunxiu");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines.at(0).at("owner").at("code"), "qinglan-finance");
  EXPECT_EQ(history(clerk, "&unit=qinglan-finance&units=then").size(), 1U);
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, AndOneChangedByteIsFound) {
  ASSERT_EQ(system_.post(kHistoryImports, ledger_body(kOneEarlierRow)).status, 200);
  served_.stop();
  EXPECT_TRUE(verify().sound());
  auto session = *store::Session::open(served_.paths().database(), store::Access::ReadWrite);
  const auto guards =
      *session.query("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'history_row'");
  ASSERT_FALSE(guards.empty());
  EXPECT_FALSE(session.execute("UPDATE history_row SET done = '2024-02-25'"));
  for (const auto& guard : guards) ASSERT_TRUE(session.execute("DROP TRIGGER " + guard.text(0)));
  ASSERT_TRUE(session.execute("UPDATE history_row SET done = '2024-02-25'"));
  EXPECT_FALSE(verify().sound());
}

TEST_F(E12EarlierLedgersAreImportedAsHistory, FromTheCommandLineInGb18030AndAsAWorkbook) {
  fixtures::TempFolder folder;
  const auto data = folder / "data";
  const auto passwords = set_up_demo(data);
  const auto clerk = (folder / "clerk.token").string();
  ASSERT_EQ(zeren(data, {"--session", clerk, "sign-in", "qinglan-finance-clerk"},
                  passwords.at("qinglan-finance-clerk") + "\n").status, 0);
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--session", clerk, "--language", "zh-CN"});
    return zeren(data, std::move(arguments));
  };
  const auto gb = (folder / "旧台账.csv").string();
  ASSERT_TRUE(base::write_file(gb,
                               "unit,title,period,due\nqinglan-finance,\xD2\xD1\xB1\xA8\xCB\xCD,2023,2023-12-31\n"));
  const auto dry = run({"ledger", "import", "dual_reports", gb, "--dry-run"});
  EXPECT_EQ(dry.status, 0) << dry.err;
  EXPECT_THAT(dry.out, HasSubstr("已报送"));
  const auto taken = run({"ledger", "import", "dual_reports", gb});
  ASSERT_EQ(taken.status, 0) << taken.err;
  const documents::Sheet sheet{"旧台账",
                               {{{"单位代码"}}, {{"事项代码"}}, {{"期间"}}, {{"截止日"}}, {{"文号"}}},
                               {{std::string("qinglan-finance"), std::string("DR1"), std::int64_t{2023},
                                 base::make_date(2024, 1, 31), std::string("青财党〔2024〕3号")}}};
  const auto xlsx = (folder / "旧台账.xlsx").string();
  ASSERT_TRUE(base::write_file(xlsx, documents::xlsx_of(sheet).value()));
  ASSERT_EQ(run({"ledger", "import", "dual_reports", xlsx}).status, 0);
  const auto table = run({"obligations"});
  EXPECT_THAT(table.out, HasSubstr("启用前"));
  EXPECT_THAT(table.out, HasSubstr("青财党〔2024〕3号"));
  const auto csv = run({"--format", "csv", "obligations", "--period", "2023"});
  EXPECT_THAT(csv.out, HasSubstr("已报送"));
  const auto import = base::parse_json(taken.out, "output").value().value("import", "");
  EXPECT_EQ(run({"ledger", "withdraw", import, "--row", "2", "--reason", "误转"}).status, 0);
  EXPECT_THAT(run({"ledger", "rows", import}).out, HasSubstr("误转"));
  EXPECT_THAT(run({"ledger", "imports"}).out, HasSubstr("旧台账.xlsx"));
  const auto wrong = (folder / "错.csv").string();
  ASSERT_TRUE(base::write_file(wrong, "unit,title\nqinglan-finance,学习\n"));
  const auto refused = run({"ledger", "import", "dual_reports", wrong});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("缺少“period”列"));
  expect_sound(data);
}

}  // namespace
}  // namespace zeren::integration
