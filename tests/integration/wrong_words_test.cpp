// Words that a command line cannot mean are told in the reader's language, with what is possible, before anything is
// done.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fixtures/small_city.hpp"
#include "fixtures/temp_folder.hpp"
#include "integration/server_process.hpp"

namespace zeren::integration {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class WrongWordsTest : public testing::Test {
 protected:
  void expect_wrong(std::vector<std::string> arguments, const std::string& told) const {
    const auto done = zeren(data_, std::move(arguments));
    EXPECT_EQ(done.status, 2) << "a wrong command line is told from a wrong result";
    EXPECT_THAT(done.err, HasSubstr(told));
  }

  fixtures::TempFolder folder_;
  std::filesystem::path data_ = folder_ / "data";
};

TEST_F(WrongWordsTest, AnAddressThatIsNoneIsToldBeforeWhoMayReachIt) {
  for (const auto* address : {"foo", "localhost:18077", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:80x"}) {
    expect_wrong({"serve", "--listen", address}, "write ADDRESS:PORT");
  }
}

TEST_F(WrongWordsTest, ALanguageThatIsNotSpokenIsRefused) {
  expect_wrong({"--language", "fr", "org", "units"}, "choose one of en, zh-CN");
}

TEST_F(WrongWordsTest, OfAListOfWordsAllAreNamed) {
  expect_wrong({"obligations", "--light", "pink"}, "red, yellow, blue, grey, purple, green");
  expect_wrong({"--language", "zh-CN", "obligations", "--light", "pink"}, "不能填“pink”；可选：red, yellow");
  expect_wrong({"statistics", "dual_reports", "statistics", "--format", "odt"}, "xlsx, csv, html, pdf, docx");
  expect_wrong({"task", "give", "RECORD", "ponder", "--to", "x"}, "handle, countersign");
}

TEST_F(WrongWordsTest, ANumberThatIsNoneIsRefused) {
  expect_wrong({"audit", "entries", "--limit", "many"}, "cannot be read: --limit = many");
  expect_wrong({"--language", "zh-CN", "audit", "entries", "--limit", "many"}, "无法识别：--limit = many");
}

TEST_F(WrongWordsTest, ADayThatDoesNotExistIsRefused) {
  expect_wrong({"derive", "--from", "2026-02-30", "--to", "2027-01-01"}, "\"2026-02-30\" is not a date");
}

TEST_F(WrongWordsTest, NoPasswordIsNoAttempt) {
  const auto passwords = set_up_demo(data_);
  constexpr int kMoreThanAreForgiven = 7;
  for (int i = 0; i < kMoreThanAreForgiven; ++i) {
    const auto done = zeren(data_, {"sign-in", "security"}, "");
    EXPECT_EQ(done.status, 1);
    EXPECT_THAT(done.err, HasSubstr("a line on standard input"));
  }
  EXPECT_EQ(zeren(data_, {"sign-in", "security"}, passwords.at("security") + "\n").status, 0);
}

TEST_F(WrongWordsTest, AChineseReaderIsToldInChineseAlone) {
  const auto made = zeren(data_, {"--language", "zh-CN", "init", "--config", ZEREN_SOURCE_DIR "/config", "--deployment",
                                  fixtures::kSmallCityDeployment, "--modules", ZEREN_BINARY_DIR "/modules"});
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("系统管理员"));
  EXPECT_THAT(made.out, testing::Not(HasSubstr("administrator")));
  EXPECT_THAT(zeren(data_, {"--language", "zh-CN", "org", "units"}).out, HasSubstr("党组"));
  EXPECT_THAT(zeren(data_, {"--language", "zh-CN", "config", "check", "/nowhere.json"}).err,
              HasSubstr("/nowhere.json：文件或目录不存在"));
}

TEST_F(WrongWordsTest, ListsAreRowsWhereRowsAreAskedFor) {
  set_up_demo(data_);
  const auto successions = zeren(data_, {"org", "successions", "qinglan-finance", "--format", "csv"});
  EXPECT_THAT(successions.out, StartsWith("relation,unit,code,what,since\r\n"));
  const auto explained = zeren(data_, {"config", "explain", "qinglan", "dual_reports", "--format", "csv"});
  EXPECT_EQ(explained.status, 0) << explained.err;
  EXPECT_THAT(explained.out, testing::Not(HasSubstr("\"\"\"")));
}

}  // namespace
}  // namespace zeren::integration
