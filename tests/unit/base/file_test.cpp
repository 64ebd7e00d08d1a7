#include "base/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "fixtures/temp_folder.hpp"

namespace zeren::base {
namespace {

TEST(File, ReplacesTheOldTextWhole) {
  const fixtures::TempFolder folder;
  ASSERT_TRUE(write_file(folder / "note", "a long first text"));
  ASSERT_TRUE(write_file(folder / "note", "second"));
  EXPECT_EQ(*read_file(folder / "note"), "second");
  EXPECT_FALSE(std::filesystem::exists(folder / "note.new"));
}

TEST(File, APrivateFileIsItsOwnersOnly) {
  const fixtures::TempFolder folder;
  ASSERT_TRUE(write_file(folder / "key", "secret", FileMode::Private));
  struct stat status {};
  ASSERT_EQ(::stat((folder / "key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(File, ReadsAnEmptyFile) {
  const fixtures::TempFolder folder;
  ASSERT_TRUE(write_file(folder / "empty", ""));
  EXPECT_EQ(*read_file(folder / "empty"), "");
}

TEST(File, NamesTheFileAndTheReason) {
  const fixtures::TempFolder folder;
  const auto missing = read_file(folder / "missing");
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, Code::FileUnreadable);
  EXPECT_EQ(missing.error().args.at("reason"), "No such file or directory");
  EXPECT_EQ(missing.error().args.at("reason.zh-CN"), "文件或目录不存在");
  EXPECT_EQ(read_file(folder.path()).error().code, Code::FileUnreadable);
  EXPECT_EQ(write_file(folder / "no/such/folder", "x").error().code, Code::FileUnwritable);
}

TEST(File, AFullDiskIsAnErrorAndKeepsTheOldFile) {
  // /dev/full refuses every byte; the temporary file is a link to it.
  const fixtures::TempFolder folder;
  ASSERT_TRUE(write_file(folder / "note", "old"));
  std::filesystem::create_symlink("/dev/full", folder / "note.new");
  const auto written = write_file(folder / "note", "new");
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().code, Code::FileUnwritable);
  EXPECT_EQ(*read_file(folder / "note"), "old");
}

}  // namespace
}  // namespace zeren::base
