// A set-up takes a description word for word or not at all; one that fails leaves what it found: nothing where nothing
// was, and everything else untouched.
#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.hpp"
#include "fixtures/small_city.hpp"
#include "fixtures/temp_folder.hpp"
#include "integration/server_process.hpp"

namespace zeren::integration {
namespace {

namespace fs = std::filesystem;

class SetUp : public testing::Test {
 protected:
  // Its deployment names a module that is not in the folder of packages.
  Outcome fail_at_the_modules(const fs::path& data) const {
    fs::create_directories(folder_ / "packages");
    return zeren(data, {"setup", "--demo", "--config", ZEREN_SOURCE_DIR "/config", "--modules",
                        (folder_ / "packages").string()});
  }

  // Of the small city's description with `text` for `said`.
  Outcome set_up_with(const std::string& said, const std::string& text, std::vector<std::string> more = {}) const {
    auto description = *base::read_file(fixtures::kSmallCityDeployment);
    description.replace(description.find(said), said.size(), text);
    const auto city = fs::path(fixtures::kSmallCityDeployment).parent_path();
    std::error_code there;
    fs::create_directory_symlink(city / "organisation", folder_ / "organisation", there);
    EXPECT_TRUE(base::write_file(folder_ / "deployment.json", description).has_value());
    std::vector<std::string> arguments{"init", "--config", ZEREN_SOURCE_DIR "/config", "--modules",
                                       ZEREN_BINARY_DIR "/modules", "--deployment",
                                       (folder_ / "deployment.json").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return zeren(folder_ / "data", arguments);
  }

  // Refused, saying where, and nothing made.
  void expect_refused(const std::string& said, const std::string& text, const std::string& told) const {
    const auto refused = set_up_with(said, text);
    EXPECT_EQ(refused.status, 1) << text;
    EXPECT_NE(refused.err.find(told), std::string::npos) << refused.err;
    EXPECT_FALSE(fs::exists(folder_ / "data")) << text;
  }

  fixtures::TempFolder folder_;
};

TEST_F(SetUp, ThatFailsLeavesNoFolderBehind) {
  const auto failed = fail_at_the_modules(folder_ / "data");
  EXPECT_EQ(failed.status, 1) << failed.out;
  EXPECT_NE(failed.err.find("dual_reports"), std::string::npos) << failed.err;
  EXPECT_FALSE(fs::exists(folder_ / "data"));
}

TEST_F(SetUp, ThatFailsEmptiesAFolderThatWasEmpty) {
  fs::create_directories(folder_ / "data");
  EXPECT_EQ(fail_at_the_modules(folder_ / "data").status, 1);
  EXPECT_TRUE(fs::exists(folder_ / "data"));
  EXPECT_TRUE(fs::is_empty(folder_ / "data"));
}

TEST_F(SetUp, ThatFailsTouchesNothingThatWasThere) {
  fs::create_directories(folder_ / "data");
  ASSERT_TRUE(base::write_file(folder_ / "data" / "mine.txt", "kept").has_value());
  EXPECT_EQ(fail_at_the_modules(folder_ / "data").status, 1);
  EXPECT_EQ(base::read_file(folder_ / "data" / "mine.txt").value_or(""), "kept");
}

TEST_F(SetUp, RefusesADescriptionThatSaysWhatNobodyReads) {
  const std::string zone = R"("zone": "Asia/Shanghai",)";
  expect_refused(zone, zone + R"("foo": 1,)", "nobody reads the member \"foo\"");
  expect_refused(zone, zone + R"("idle_minuts": 5,)", "idle_minutes");
  expect_refused(zone, zone + R"("idle_minutes": 0,)", "from 1 to 720");
  expect_refused(zone, zone + zone, "zone");
  expect_refused("\"qinglan-finance-clerk\"", "\"qinglan-finance-clark\"", "there is no post qinglan-finance-clark");
}

TEST_F(SetUp, TakesTheLimitsOfADescriptionAlong) {
  const std::string zone = R"("zone": "Asia/Shanghai",)";
  const auto made = set_up_with(zone, zone + R"("idle_minutes": 7, "attachments": {"largest_mib": 3},)");
  ASSERT_EQ(made.status, 0) << made.err;
  const auto kept = base::read_file(folder_ / "data" / "deployment.json").value_or("");
  EXPECT_NE(kept.find("\"idle_minutes\": 7"), std::string::npos) << kept;
  EXPECT_NE(kept.find("\"largest_mib\": 3"), std::string::npos) << kept;
}

// Passwords that a real set-up prints were seen by whoever ran it.
TEST_F(SetUp, HandsOutPasswordsThatMustBeChangedUnlessAllIsMadeUp) {
  for (const bool demo : {false, true}) {
    const auto data = folder_ / "data";
    const auto made = set_up_with("\"zone\"", "\"zone\"", demo ? std::vector<std::string>{"--demo"} : std::vector<std::string>{});
    ASSERT_EQ(made.status, 0) << made.err;
    const auto table = demo ? base::read_file(data / "demo-sign-ins.txt").value_or("") : made.out;
    const auto at = table.find("security");
    ASSERT_NE(at, std::string::npos) << table;
    const auto begin = table.find_first_not_of(' ', table.find(' ', at));
    const auto password = table.substr(begin, table.find_first_of(" \n", begin) - begin);
    const auto session = (folder_ / "session").string();
    const auto first = zeren(data, {"--session", session, "sign-in", "security"}, password + "\n");
    EXPECT_EQ(first.status, demo ? 0 : 1) << first.err;
    EXPECT_EQ(first.err.find("zeren password") == std::string::npos, demo) << first.err;
    const auto list = zeren(data, {"--session", session, "account", "list"});
    EXPECT_EQ(list.status, demo ? 0 : 1) << list.err;
    if (demo) break;
    const auto own = zeren(data, {"--session", session, "sign-in", "security"}, password + "\nmy own long word\n");
    EXPECT_EQ(own.status, 0) << own.err;
    EXPECT_EQ(zeren(data, {"--session", session, "account", "list"}).status, 0);
    fs::remove_all(data);
  }
}

}  // namespace
}  // namespace zeren::integration
