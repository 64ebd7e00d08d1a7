// The program alone, from an empty folder to a verified log: on the folder itself, and through the server
// while one serves it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.hpp"
#include "fixtures/small_city.hpp"
#include "fixtures/temp_folder.hpp"
#include "integration/report_course.hpp"
#include "integration/server_process.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::HasSubstr;

class CommandLineTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(base::write_file(folder_ / "content.json", complete_content().dump()));
    for (const auto* account : {"qinglan-finance-clerk", "qinglan-finance-principal",
                                "qinglan-clerk", "qinglan-cdi-clerk"}) {
      const auto done = as(account, {"sign-in", account}, passwords_.at(account) + "\n");
      ASSERT_EQ(done.status, 0) << done.err;
    }
  }

  /// Each account keeps its session in a file of its own.
  Outcome as(const std::string& account, std::vector<std::string> arguments,
             const std::string& input = "") const {
    arguments.insert(arguments.begin(), {"--session", (folder_ / (account + ".token")).string()});
    return zeren(data_, std::move(arguments), input);
  }

  Json told(const std::string& account, std::vector<std::string> arguments) const {
    const auto done = as(account, std::move(arguments));
    EXPECT_EQ(done.status, 0) << done.err;
    return base::parse_json(done.out, "output").value_or(Json::object());
  }

  /// One report from obligation to receipts.
  void report(const std::string& period) const {
    const auto clerk = "qinglan-finance-clerk";
    const auto list = told(clerk, {"obligation", "list", "--json", "--unit", "qinglan-finance",
                                   "--period", period});
    const auto obligation = list.at("items").at(0).value("id", "");
    const auto content = (folder_ / "content.json").string();
    const auto record =
        told(clerk, {"record", "draft", "--content", content, "--", obligation}).value("id", "");
    EXPECT_EQ(told(clerk, {"record", "step", record, "submit"}).value("state", ""), "submitted");
    EXPECT_EQ(told("qinglan-finance-principal", {"record", "step", record, "approve"}).value("state", ""),
              "dispatched");
    for (const std::string unit : {"qinglan", "qinglan-cdi"}) {
      sign_for(unit, record);
    }
    EXPECT_EQ(told(clerk, {"record", "show", "--json", record}).value("state", ""), "receipted");
    EXPECT_THAT(as(clerk, {"record", "list"}).out, HasSubstr(record));
  }

  void sign_for(const std::string& unit, const std::string& record) const {
    const auto registrar = unit + "-clerk";
    const auto shown = told(registrar, {"record", "show", "--json", record});
    for (const auto& leg : shown.at("rounds").back().at("legs")) {
      if (leg.at("recipient").at("code") != unit) continue;
      const auto done = as(registrar, {"leg", "sign-for", record, leg.value("id", "")});
      EXPECT_EQ(done.status, 0) << done.err;
    }
  }

  void expect_verified_by_others() const {
    const auto exported = (folder_ / "export").string();
    EXPECT_EQ(zeren(data_, {"audit", "export", exported}).status, 0);
    auto key = zeren(data_, {"audit", "key"}).out;
    key.pop_back();
    const auto checked = run({ZEREN_BINARY_DIR "/bin/tlog_client", key, exported});
    EXPECT_EQ(checked.status, 0) << checked.err;
  }

  fixtures::TempFolder folder_;
  std::filesystem::path data_ = folder_ / "data";
  std::map<std::string, std::string> passwords_ = set_up_demo(data_);
};

TEST_F(CommandLineTest, CarriesAReportThroughOnTheFolderItself) {
  report(year(-1));
  expect_sound(data_);
  expect_verified_by_others();
}

TEST_F(CommandLineTest, CarriesAReportThroughOverTheSocketWhileTheFolderIsServed) {
  ServerProcess server(data_);
  report(year(-1));
  expect_sound(data_);
  EXPECT_EQ(server.end(), 0);
  report(year());
  expect_sound(data_);
  expect_verified_by_others();
}

TEST_F(CommandLineTest, ActsAsTheAccountOfTheOperatingSystemUser) {
  const auto me = told("nobody-signed-in", {"me"});
  EXPECT_EQ(me.value("account", ""), "system");
  EXPECT_EQ(me.value("administers", ""), "system");
  EXPECT_THAT(as("nobody-signed-in", {"module", "list"}).out, HasSubstr("dual_reports"));
}

// As a spreadsheet program on a Chinese computer saves it.
TEST_F(CommandLineTest, TriesAnImportInGb18030BeforeItIsMade) {
  const auto files = folder_ / "files";
  std::filesystem::create_directories(files);
  ASSERT_TRUE(base::write_file(files / "persons.csv", "code,name\r\np-901,\xC7\xE0\xC0\xBD\r\n"));
  const auto before = zeren(data_, {"audit", "verify"}).out;
  const auto tried = told("nobody", {"import", files.string(), "--dry-run"});
  EXPECT_EQ(tried.at("persons").at("changes"),
            (Json{{{"row", 2}, {"name", "p-901"}, {"change", "added"}}}));
  EXPECT_EQ(zeren(data_, {"audit", "verify"}).out, before);
  EXPECT_EQ(told("nobody", {"import", files.string()}).at("persons").at("added"), 1);
  ASSERT_TRUE(base::write_file(files / "persons.csv", "code,name\np-902,青\np-903,\xFF\n"));
  const auto refused = as("nobody", {"import", files.string(), "--dry-run"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("persons.csv:3:2"));
}

TEST_F(CommandLineTest, WritesTheLedgerAndTheStatisticsIntoFiles) {
  const auto ledger = (folder_ / "ledger.csv").string();
  const auto done = as("qinglan-clerk", {"obligations", "export", "--period", "2025", "--format", "csv", "--out", ledger});
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_THAT(base::read_file(ledger).value_or(""), HasSubstr("qinglan-finance"));
  const auto table = (folder_ / "table.docx").string();
  const auto printed = as("qinglan-clerk", {"statistics", "dual_reports", "statistics", "--format", "docx", "--out", table});
  EXPECT_EQ(printed.status, 0) << printed.err;
  EXPECT_THAT(base::read_file(table).value_or(""), testing::StartsWith("PK"));
  const auto again = as("qinglan-clerk", {"statistics", "dual_reports", "statistics", "--format", "docx", "--out", table});
  EXPECT_EQ(again.status, 1);
  EXPECT_THAT(again.err, HasSubstr("table.docx is not usable; it is there already; choose another --out"));
  const auto refused = as("qinglan-clerk", {"document", "no-such-record", "report"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("no-such-record"));
}

TEST_F(CommandLineTest, ExportsTheLogNeitherIntoTheDataFolderNorBeneathIt) {
  const auto before = base::read_file(data_ / "checkpoint").value_or("");
  for (const auto& folder : {data_, data_ / "export", data_ / "keys" / ".." / "export"}) {
    const auto refused = zeren(data_, {"audit", "export", folder.string()});
    EXPECT_EQ(refused.status, 1) << folder;
    EXPECT_THAT(refused.err, HasSubstr("name a folder elsewhere")) << folder;
  }
  EXPECT_FALSE(std::filesystem::exists(data_ / "tile"));
  EXPECT_FALSE(std::filesystem::exists(data_ / "export"));
  EXPECT_EQ(base::read_file(data_ / "checkpoint").value_or(""), before);
}

TEST_F(CommandLineTest, WhoseReaderHasLeftFailsQuietlyAndQuarantinesNothing) {
  const auto pipe = (folder_ / "pipe").string();
  const std::string deserted = "mkfifo " + pipe + "; exec 3<>" + pipe + " 4>" + pipe + " 3<&-; ";
  const auto command = "'" ZEREN_BINARY_DIR "/bin/zeren' --data '" + data_.string() + "' obligations summary";
  EXPECT_EQ(run({"/bin/sh", "-c", deserted + command + " >&4 2>&4"}).status, 1);
  const auto modules = as("nobody-signed-in", {"module", "list"});
  EXPECT_EQ(modules.status, 0) << modules.err;
  EXPECT_THAT(modules.out, testing::Not(HasSubstr("quarantined")));
}

TEST_F(CommandLineTest, SaysWhatIsWrongAndFails) {
  const auto refused = as("qinglan-clerk", {"record", "show", "no-such-record"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("no-such-record"));
  EXPECT_EQ(zeren(folder_ / "elsewhere", {"me"}).status, 1);
  EXPECT_EQ(zeren(data_, {"record", "show"}).status, 2) << "a wrong command line is told from a wrong result";
  EXPECT_EQ(zeren(data_, {"no-such-command"}).status, 2);
  EXPECT_EQ(zeren(data_, {"--format", "xml", "org", "units"}).status, 2);
  const auto again = as("stranger", {"sign-in", "qinglan-clerk"}, "wrong-wrong-wrong\n");
  EXPECT_EQ(again.status, 1);
  EXPECT_EQ(as("qinglan-clerk", {"sign-out"}).status, 0);
  EXPECT_EQ(told("qinglan-clerk", {"me"}).value("account", ""), "system");
}

TEST_F(CommandLineTest, ShowsTheInboxAndWhatWaitsAndSendsNothingWhereNobodyAllowedIt) {
  const auto clerk = "qinglan-finance-clerk";
  EXPECT_EQ(as(clerk, {"inbox"}).status, 0);
  EXPECT_EQ(as(clerk, {"inbox", "list", "--all"}).status, 0);
  EXPECT_EQ(as(clerk, {"delivery", "list"}).status, 0);
  EXPECT_EQ(as(clerk, {"webhook", "list"}).status, 0);
  const auto refused = as(clerk, {"webhook", "create", "http://127.0.0.1:1/", "--type", "zeren.record.*"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("config/settings.json"));
  const auto unknown = as(clerk, {"delivery", "replay", "module:dual_reports", "1"});
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.err, HasSubstr("no dead letter"));
}

TEST_F(CommandLineTest, SetsUpAFolderTwiceWithoutHarm) {
  const auto before = zeren(data_, {"audit", "verify"}).out;
  const auto again = zeren(data_, {"setup", "--config", ZEREN_SOURCE_DIR "/config", "--deployment",
                                 fixtures::kSmallCityDeployment, "--modules",
                                   ZEREN_BINARY_DIR "/modules"});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(zeren(data_, {"audit", "verify"}).out, before);
}

}  // namespace
}  // namespace zeren::integration
