// A set-up that fails leaves what it found: nothing where nothing was, and everything else untouched.
#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.hpp"
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

}  // namespace
}  // namespace zeren::integration
