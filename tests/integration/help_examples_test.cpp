// Every example that `--help` prints is run, as it stands, on a folder where it has something to do: an example that
// does not work is worse than none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <iterator>
#include <sstream>

#include "base/file.hpp"
#include "base/json.hpp"
#include "fixtures/temp_folder.hpp"
#include "integration/report_course.hpp"
#include "integration/server_process.hpp"

namespace zeren::integration {
namespace {

namespace fs = std::filesystem;
using base::Json;

constexpr auto kClerk = "qinglan-finance-clerk";
constexpr auto kPrincipal = "qinglan-finance-principal";

class HelpExamplesTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(base::write_file(folder_ / "content.json", complete_content().dump()));
    words_["content.json"] = (folder_ / "content.json").string();
    for (const auto* file : {"附表.xlsx", "附表副本.xlsx", "overdue.xlsx", "report.docx", "table.xlsx"}) {
      words_[file] = (folder_ / file).string();
    }
    ASSERT_TRUE(base::write_file(words_["附表.xlsx"], "bytes"));
    words_["exported-log"] = (folder_ / "exported-log").string();
    words_["build/release/modules"] = ZEREN_BINARY_DIR "/modules";
    // The examples name people of the shipped demonstration; the small city has others in their posts.
    words_["p-00005"] = "p-006";
    words_["p-00007"] = "p-007";
    // The examples name days of this year and the next.
    for (const auto& [written, later] : {std::pair{"2026-01-01", 0}, std::pair{"2027-01-01", 1}}) {
      words_[written] = year(later) + "-01-01";
    }
    words_["2027-06-01"] = year(1) + "-06-01";
  }

  /// Signs in first, the first time that `account` does anything.
  Outcome as(const std::string& account, std::vector<std::string> arguments, const std::string& input = "") const {
    const auto session = (folder_ / (account + ".token")).string();
    if (!fs::exists(session)) {
      const auto opened = zeren(data_, {"--session", session, "sign-in", account}, passwords_.at(account) + "\n");
      EXPECT_EQ(opened.status, 0) << account << opened.err;
    }
    arguments.insert(arguments.begin(), {"--session", session});
    return zeren(data_, std::move(arguments), input);
  }

  Json told(const std::string& account, std::vector<std::string> arguments) const {
    const auto done = as(account, std::move(arguments));
    EXPECT_EQ(done.status, 0) << done.err;
    return base::parse_json(done.out, "output").value_or(Json::object());
  }

  /// The id of the first item of a list.
  std::string first_of(const std::string& account, std::vector<std::string> arguments) const {
    const auto list = told(account, std::move(arguments));
    return list.at("items").at(0).value("id", "");
  }

  /// The example of `command` as its help prints it, without `zeren`.
  static std::vector<std::string> example_of(const std::string& command) {
    const auto help = zeren("nowhere", words(command + " --help"));
    EXPECT_EQ(help.status, 0) << help.err;
    const auto at = help.out.find("\n  zeren ", help.out.find("Example:"));
    EXPECT_NE(at, std::string::npos) << command;
    auto example = words(help.out.substr(at, help.out.find('\n', at + 1) - at));
    EXPECT_EQ(example.front(), "zeren");
    example.erase(example.begin());
    return example;
  }

  /// With the ids that the words in capitals stand for.
  std::vector<std::string> filled_in(std::vector<std::string> example) const {
    for (auto& word : example) {
      if (const auto known = words_.find(word); known != words_.end()) word = known->second;
      if (word.starts_with("config")) word = ZEREN_SOURCE_DIR "/" + word;
    }
    if (example.front().starts_with(ZEREN_SOURCE_DIR)) example.front() = "config";  // the command of that name
    return example;
  }

  Outcome run_example(const std::string& account, const std::string& command, const std::string& input = "") const {
    return as(account, filled_in(example_of(command)), input);
  }

  void expect_works(const std::string& account, const std::string& command, const std::string& input = "") const {
    const auto done = run_example(account, command, input);
    EXPECT_EQ(done.status, 0) << command << ": " << done.err;
  }

  /// A record of the clerk's unit for another year, in the state it is drafted in.
  std::string draft(const std::string& period) {
    const auto list = told(kClerk, {"obligations", "--json", "--unit", "qinglan-finance", "--period", period});
    words_["OBLIGATION"] = list.at("items").at(0).value("id", "");
    const auto made = told(kClerk, {"record", "draft", "--content", words_["content.json"], "--",
                                    words_["OBLIGATION"]});
    return made.value("id", "");
  }

  static std::vector<std::string> words(const std::string& line) {
    std::istringstream stream(line);
    return {std::istream_iterator<std::string>(stream), {}};
  }

  std::map<std::string, std::string> words_;
  fixtures::TempFolder folder_;
  fs::path data_ = folder_ / "data";
  std::map<std::string, std::string> passwords_ = set_up_demo(data_);
};

TEST_F(HelpExamplesTest, OfTheOperatorWork) {
  for (const std::string command :
       {"doctor", "derive", "obligations", "obligations list", "obligations summary", "ledger",
        "indicators", "burden", "module list", "module show", "module verify", "module enable", "module prune", "module waivers",
        "config check",
        "config explain", "config set", "org units", "me", "audit verify", "audit export", "audit checkpoint", "audit key"}) {
    expect_works("system", command);
  }
  auto serve = example_of("serve");
  ChildProcess server({ZEREN_BINARY_DIR "/bin/zeren", "--data", data_.string(), serve.at(0), serve.at(1),
                       "127.0.0.1:0"});
  EXPECT_TRUE(server.read_line().starts_with("http://127.0.0.1:"));
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait(), 0);
}

// What the reader of the overview begins with: the demonstration as it is shipped.
TEST_F(HelpExamplesTest, OfTheBeginningWork) {
  data_ = folder_ / "shipped";
  for (const std::string command : {"init", "import"}) {
    const auto done = zeren(data_, filled_in(example_of(command)));
    EXPECT_EQ(done.status, 0) << command << ": " << done.err;
  }
}

TEST_F(HelpExamplesTest, OfAccountsAndSessionsWork) {
  expect_works("security", "account list");
  expect_works("security", "account create", "a-long-enough-password\n");
  expect_works("qinglan-clerk", "sign-in", passwords_.at("qinglan-clerk") + "\n");
  expect_works("qinglan-clerk", "session list");
  const auto sessions = told("qinglan-clerk", {"--json", "session", "list"});
  for (const auto& session : sessions.at("items")) {
    if (!session.at("current").get<bool>()) words_["SESSION"] = session.value("id", "");
  }
  expect_works("qinglan-clerk", "session end");
  expect_works("qinglan-clerk", "second-factor offer");
  for (const std::string command : {"second-factor confirm", "second-factor removal"}) {
    const auto refused = run_example("qinglan-clerk", command);  // nobody's code is 123456
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err, testing::HasSubstr("one-time code is wrong"));
  }
  expect_works("security", "account end-sessions");
  for (const std::string command : {"account disable", "account enable", "account unlock", "account reset-password",
                                    "account reset-second-factor"}) {
    expect_works("security", command);
  }
  const auto password = passwords_.at(kClerk);
  expect_works(kClerk, "password", password + "\nanother-long-password\n");
  expect_works(kClerk, "sign-out");
}

TEST_F(HelpExamplesTest, OfTokensAndGrantsWork) {
  expect_works(kClerk, "token create");
  expect_works(kClerk, "token list");
  words_["TOKEN"] = first_of(kClerk, {"--json", "token", "list", kClerk});
  expect_works(kClerk, "token revoke");
  expect_works("security", "grant add");
  expect_works("security", "grant list");
  words_["GRANT"] = first_of("security", {"--json", "grant", "list"});
  expect_works("security", "grant revoke");
}

TEST_F(HelpExamplesTest, OfUnitsAndPostsWork) {
  for (const std::string command :
       {"org posts", "org vacancies", "org successions", "org covering", "org end-appointment", "org appoint",
        "org merge", "org split", "org rename"}) {
    expect_works("system", command);
  }
}

TEST_F(HelpExamplesTest, OfEarlierLedgersWork) {
  expect_works("system", "ledger import");
  const auto* file = ZEREN_SOURCE_DIR "/config/demo/earlier-ledger.csv";
  ASSERT_EQ(as("system", {"ledger", "import", "dual_reports", file}).status, 0);
  words_["IMPORT"] = first_of("system", {"--json", "ledger", "imports"});
  for (const std::string command : {"ledger imports", "ledger rows", "ledger withdraw"}) {
    expect_works("system", command);
  }
}

TEST_F(HelpExamplesTest, OfTheLogAndOfDeliveriesWork) {
  expect_works("audit", "audit entries");
  expect_works("audit", "audit entry");
  const auto settings = base::write_file(data_ / "config" / "settings.json",
                                         R"({"webhooks": {"allow": ["hooks.example.cn"]}})");
  ASSERT_TRUE(settings);
  expect_works(kClerk, "webhook create");
  expect_works(kClerk, "webhook list");
  words_["WEBHOOK"] = first_of(kClerk, {"--json", "webhook", "list"});
  expect_works(kClerk, "delivery list");
  expect_works(kClerk, "webhook end");
  expect_works(kClerk, "inbox");
  expect_works(kClerk, "inbox list");
}

TEST_F(HelpExamplesTest, OfAttachmentsWork) {
  words_["RECORD"] = draft(year(-1));
  expect_works(kClerk, "record attach");
  expect_works(kClerk, "record attachments");
  words_["ATTACHMENT"] = first_of(kClerk, {"--json", "record", "attachments", words_["RECORD"]});
  expect_works(kClerk, "record download");
  EXPECT_EQ(base::read_file(words_["附表副本.xlsx"]).value_or(""), "bytes");
  expect_works(kClerk, "record detach");
}

TEST_F(HelpExamplesTest, OfRecordsTasksAndCopiesWork) {
  const auto list = told(kClerk, {"obligations", "--json", "--unit", "qinglan-finance", "--period", year(-1)});
  words_["OBLIGATION"] = list.at("items").at(0).value("id", "");
  expect_works(kClerk, "record draft");
  expect_works(kClerk, "record list");
  words_["RECORD"] = first_of(kClerk, {"ledger", "--json"});
  for (const std::string command : {"record edit", "record show", "record comment", "record versions", "record links"}) {
    expect_works(kClerk, command);
  }
  expect_works(kClerk, "task give");
  expect_works(kClerk, "task list");
  words_["TASK"] = first_of(kClerk, {"--json", "task", "list"});
  expect_works(kClerk, "task do");
  expect_works(kClerk, "task hand-over");
}

TEST_F(HelpExamplesTest, OfSendingAndReceivingWork) {
  words_["RECORD"] = draft(year(-1));
  expect_works(kClerk, "record step");
  EXPECT_EQ(as(kPrincipal, {"record", "step", words_["RECORD"], "approve"}).status, 0);
  const auto leg_of = [&](const std::string& unit) {
    const auto shown = told(unit + "-clerk", {"record", "show", "--json", words_["RECORD"]});
    for (const auto& leg : shown.at("rounds").back().at("legs")) {
      if (leg.at("recipient").at("code") == unit) words_["LEG"] = leg.value("id", "");
    }
  };
  expect_works(kClerk, "document");
  expect_works(kClerk, "obligations export");
  expect_works(kClerk, "statistics");
  leg_of("qinglan");
  expect_works(kClerk, "leg urge");
  expect_works(kClerk, "leg overdue");
  expect_works("qinglan-clerk", "leg sign-for");
  leg_of("qinglan-cdi");
  expect_works("qinglan-cdi-clerk", "leg return");
}

// Each test is a process of its own, so what they cover is read from this file.
TEST_F(HelpExamplesTest, OfEveryCommandAreRunHere) {
  const auto catalogue = base::parse_json(base::read_file(ZEREN_SOURCE_DIR "/core/cli/help/en.json").value());
  const auto here = base::read_file(ZEREN_SOURCE_DIR "/tests/integration/help_examples_test.cpp").value();
  for (const auto& [command, words] : catalogue.value().at("commands").items()) {
    if (words.contains("example")) {
      EXPECT_THAT(here, testing::HasSubstr('"' + command + '"'));
    }
  }
}

// These need what a fresh demonstration does not have: they are understood, and refused for a reason of the case.
TEST_F(HelpExamplesTest, OfRareCasesAreUnderstood) {
  words_["RECORD"] = draft(year(-1));
  for (const auto& [account, command] : {std::pair{"system", "module release"}, std::pair{"system", "module waive"},
                                         std::pair{"system", "module disable"},
                                         std::pair{"system", "delivery replay"}, std::pair{kClerk, "inbox read"},
                                         std::pair{kClerk, "record recuse"}, std::pair{kClerk, "leg withhold"},
                                         std::pair{kClerk, "leg release"}, std::pair{kClerk, "leg enter"},
                                         std::pair{kClerk, "leg confirm"}, std::pair{kClerk, "record link"},
                                         std::pair{kClerk, "record confirm-link"}, std::pair{kClerk, "record unlink"},
                                         std::pair{kClerk, "record reuse"}, std::pair{kClerk, "record end-reuse"},
                                         std::pair{kClerk, "catalogue"}}) {
    EXPECT_NE(run_example(account, command).status, 2) << command;
  }
}

}  // namespace
}  // namespace zeren::integration
