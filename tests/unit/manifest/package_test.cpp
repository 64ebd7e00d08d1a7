#include "manifest/package.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include "base/file.hpp"
#include "base/messages.hpp"

namespace zeren::manifest {
namespace {

namespace fs = std::filesystem;
using base::Code;
using ::testing::EndsWith;

constexpr const char* kManifest = R"({
  "id": "notices", "version": "1.2.3", "library": "libnotices.so", "abi": {"major": 1, "minor": 0},
  "name": {"en": "Notices", "zh-CN": "通报"}, "basis": [{"article": "17", "mark": "S"}],
  "provides": []
})";

class PackageTest : public ::testing::Test {
 protected:
  void SetUp() override {
    dir_ =
        fs::path(::testing::TempDir()) /
        ("package_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(dir_);
    fs::create_directories(dir_ / "i18n");
    write("module.json", kManifest);
    write("libnotices.so",
          "\x7f"
          "ELF");
    write("i18n/en.json", "{}");
    list();
  }
  void TearDown() override { fs::remove_all(dir_); }

  void write(const std::string& path, const std::string& text) {
    ASSERT_TRUE(base::write_file(dir_ / path, text).has_value());
    files_[path] = text;
  }

  /// Writes MANIFEST for the files written so far.
  void list() {
    std::string text;
    for (const auto& [path, content] : files_) {
      text += base::to_hex(base::sha256(content)) + "  " + path + "\n";
    }
    ASSERT_TRUE(base::write_file(dir_ / "MANIFEST", text).has_value());
    listed_ = text;
  }

  void expect_refused(Code code, const std::string& file) {
    const auto package = Package::verify(dir_);
    ASSERT_FALSE(package.has_value());
    EXPECT_EQ(package.error().code, code) << base::text_of(package.error());
    EXPECT_THAT(package.error().args.at("file"), EndsWith(file));
  }

  fs::path dir_;
  std::map<std::string, std::string> files_;
  std::string listed_;
};

TEST_F(PackageTest, AcceptsWhatItsManifestLists) {
  const auto package = Package::verify(dir_);
  ASSERT_TRUE(package.has_value()) << base::report_of(package.error());
  EXPECT_EQ(package->manifest().id(), "notices");
  EXPECT_EQ(package->digest(), base::sha256(listed_));
  EXPECT_EQ(package->library_digest(), base::sha256("\x7f"
                                                    "ELF"));
  EXPECT_EQ(package->library(), dir_ / "libnotices.so");
}

TEST_F(PackageTest, RefusesAMissingFile) {
  fs::remove(dir_ / "i18n/en.json");
  expect_refused(Code::PackageFileMissing, "i18n/en.json");
}

TEST_F(PackageTest, RefusesAModifiedFile) {
  write("libnotices.so",
        "\x7f"
        "elf");
  expect_refused(Code::PackageFileModified, "libnotices.so");
}

TEST_F(PackageTest, RefusesAnUnlistedFile) {
  write("i18n/fr.json", "{}");
  expect_refused(Code::PackageFileUnlisted, "i18n/fr.json");
}

TEST_F(PackageTest, RefusesALinkEvenToTheRightBytes) {
  fs::rename(dir_ / "libnotices.so", dir_.string() + ".so");
  fs::create_symlink(dir_.string() + ".so", dir_ / "libnotices.so");
  expect_refused(Code::PackageFileUnlisted, "libnotices.so");
  fs::remove(dir_.string() + ".so");
}

TEST_F(PackageTest, RefusesAFolderThatLinksOutOfThePackage) {
  fs::create_directory_symlink("/", dir_ / "documents");
  expect_refused(Code::PackageFileUnlisted, "documents");
}

TEST_F(PackageTest, RefusesALibraryThatTheManifestNamesAndNobodyListed) {
  fs::remove(dir_ / "libnotices.so");
  files_.erase("libnotices.so");
  list();
  expect_refused(Code::PackageFileMissing, "libnotices.so");
}

TEST_F(PackageTest, RefusesAPackageWithoutModuleJson) {
  fs::remove(dir_ / "module.json");
  files_.erase("module.json");
  list();
  expect_refused(Code::PackageFileMissing, "module.json");
}

TEST_F(PackageTest, NeedsAManifest) {
  fs::remove(dir_ / "MANIFEST");
  expect_refused(Code::FileUnreadable, "MANIFEST");
}

TEST_F(PackageTest, AcceptsAModuleWithoutCode) {
  fs::remove(dir_ / "libnotices.so");
  files_.erase("libnotices.so");
  write("module.json",
        R"({"id": "notices", "version": "1.2.3", "name": {"en": "Notices", "zh-CN": "通报"},
            "basis": [{"article": "17", "mark": "S"}]})");
  list();
  const auto package = Package::verify(dir_);
  ASSERT_TRUE(package.has_value()) << base::report_of(package.error());
  EXPECT_EQ(package->library(), std::nullopt);
  EXPECT_EQ(package->library_digest(), std::nullopt);
}

TEST_F(PackageTest, ReadsAFileOnlyWhileItIsWhatManifestSays) {
  const auto package = Package::verify(dir_);
  ASSERT_TRUE(package.has_value()) << base::report_of(package.error());
  EXPECT_EQ(*package->read("i18n/en.json"), "{}");
  EXPECT_EQ(package->read("../secret").error().code, Code::PackageFileMissing);
  write("i18n/en.json", "{ }");
  EXPECT_EQ(package->read("i18n/en.json").error().code, Code::PackageFileModified);
}

TEST_F(PackageTest, RefusesADeclaredDocumentWithoutItsFile) {
  auto manifest = base::Json::parse(kManifest);
  manifest["provides"] = {"zeren.compute/1"};
  manifest["computations"]["owed"]["title"] = {{"en", "Owed"}, {"zh-CN", "应发"}};
  manifest["documents"]["table"] = {{"title", {{"en", "Table"}, {"zh-CN", "表"}}},
                                    {"kind", "table"},
                                    {"file", "documents/table.html"},
                                    {"computation", "owed"}};
  write("module.json", manifest.dump());
  list();
  expect_refused(Code::PackageFileMissing, "documents/table.html");
  fs::create_directories(dir_ / "documents");
  write("documents/table.html", "<article/>");
  list();
  EXPECT_TRUE(Package::verify(dir_).has_value());
}

}  // namespace
}  // namespace zeren::manifest
