#include "app/data_folder.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <optional>

#include "base/file.hpp"
#include "fixtures/temp_folder.hpp"

namespace zeren::app {
namespace {

using base::Code;
namespace fs = std::filesystem;

const Deployment kDeployment{"zeren.example/test", "Asia/Shanghai", "/opt/modules"};

class DataFolderTest : public testing::Test {
 protected:
  fixtures::TempFolder temp_;
  fs::path folder_ = temp_ / "data";
};

TEST_F(DataFolderTest, KeepsItsDeploymentAndShowsItToItsOwnerOnly) {
  { ASSERT_TRUE(DataFolder::create(folder_, kDeployment).has_value()); }
  EXPECT_EQ(fs::status(folder_).permissions(), fs::perms::owner_all);
  const auto again = DataFolder::open(folder_);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->deployment().origin, kDeployment.origin);
  EXPECT_EQ(again->deployment().zone, kDeployment.zone);
  EXPECT_EQ(again->deployment().modules, kDeployment.modules);
  EXPECT_TRUE(fs::is_directory(again->paths().key().parent_path()));
}

TEST_F(DataFolderTest, HasOneOwnerAndNamesItToTheNext) {
  const auto first = DataFolder::create(folder_, kDeployment);
  ASSERT_TRUE(first.has_value());
  const auto second = DataFolder::open(folder_);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, Code::DataFolderInUse);
  EXPECT_EQ(second.error().args.at("process"), std::to_string(::getpid()));
  EXPECT_EQ(second.error().args.at("folder"), folder_.string());
}

TEST_F(DataFolderTest, IsFreeAgainOnceItsOwnerIsGoneAndNotWhenItMoved) {
  std::optional<DataFolder> owner(*DataFolder::create(folder_, kDeployment));
  EXPECT_EQ(DataFolder::open(folder_).error().code, Code::DataFolderInUse);
  owner.reset();
  EXPECT_TRUE(DataFolder::open(folder_).has_value());
}

TEST_F(DataFolderTest, IsReadWithoutTheLock) {
  const auto owner = DataFolder::create(folder_, kDeployment);
  const auto read = read_deployment(folder_);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->origin, kDeployment.origin);
}

TEST_F(DataFolderTest, IsNeverMadeTwiceNorOpenedUnmade) {
  EXPECT_EQ(DataFolder::open(folder_).error().code, Code::DataFolderMissing);
  EXPECT_FALSE(fs::exists(folder_));
  { ASSERT_TRUE(DataFolder::create(folder_, kDeployment).has_value()); }
  EXPECT_EQ(DataFolder::create(folder_, kDeployment).error().code, Code::DataFolderExists);
}

TEST_F(DataFolderTest, RefusesADeploymentThatLacksSomething) {
  fs::create_directories(folder_);
  for (const auto* text : {"{}", "[]", R"({"origin": "a", "zone": "UTC"})",
                           R"({"origin": "a", "zone": 8, "modules": "m"})"}) {
    ASSERT_TRUE(base::write_file(folder_ / "deployment.json", text).has_value());
    const auto opened = DataFolder::open(folder_);
    ASSERT_FALSE(opened.has_value()) << text;
    EXPECT_EQ(opened.error().code, Code::ConfigInvalid) << text;
  }
}

TEST_F(DataFolderTest, RefusesAMemberThatNobodyReadsOneThatStandsTwiceAndANumberThatCannotBe) {
  fs::create_directories(folder_);
  const std::string whole = R"("origin": "a", "zone": "UTC", "modules": "m")";
  const std::pair<std::string, std::string> cases[] = {
      {R"("idle_minuts": 5)", "/idle_minuts"},
      {R"("idle_minutes": 0)", "/idle_minutes"},
      {R"("idle_minutes": "5")", "/idle_minutes"},
      {R"("issuer": "u")", "/issuer"},
      {R"("attachments": 5)", "/attachments"},
      {R"("attachments": {"largest": 5})", "/attachments/largest"},
      {R"("attachments": {"largest_mib": 0})", "/attachments/largest_mib"}};
  for (const auto& [member, pointer] : cases) {
    ASSERT_TRUE(base::write_file(folder_ / "deployment.json", "{" + whole + ",\n" + member + "}").has_value());
    const auto read = read_deployment(folder_);
    ASSERT_FALSE(read.has_value()) << member;
    EXPECT_EQ(read.error().code, Code::ConfigInvalid) << member;
    EXPECT_EQ(read.error().where.pointer, pointer);
    EXPECT_EQ(read.error().where.line, 2) << member;
  }
  ASSERT_TRUE(base::write_file(folder_ / "deployment.json", "{" + whole + R"(, "zone": "UTC"})").has_value());
  EXPECT_EQ(read_deployment(folder_).error().code, Code::JsonDuplicateKey);
}

TEST_F(DataFolderTest, KeepsItsLimits) {
  auto deployment = kDeployment;
  deployment.idle = std::chrono::minutes(5);
  deployment.largest_attachment = std::int64_t{7} << 20U;
  deployment.orphans_kept = std::chrono::minutes(9);
  { ASSERT_TRUE(DataFolder::create(folder_, deployment).has_value()); }
  const auto read = read_deployment(folder_);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->idle, deployment.idle);
  EXPECT_EQ(read->largest_attachment, deployment.largest_attachment);
  EXPECT_EQ(read->orphans_kept, deployment.orphans_kept);
}

TEST(Database, OfAFolderIsItsOwnFileOfSqlite) {
  const fixtures::TempFolder temp;
  const DataPaths paths{temp / "data"};
  EXPECT_TRUE(check_database(paths, "sqlite:" + paths.database().string()));
  EXPECT_TRUE(check_database(paths, (temp / "x/../data/zeren.db").string()));
  const auto elsewhere = check_database(paths, "sqlite:" + (temp / "other.db").string());
  ASSERT_FALSE(elsewhere);
  EXPECT_EQ(elsewhere.error().code, Code::ConfigInvalid);
  EXPECT_EQ(check_database(paths, "mysql://host/db").error().code, Code::DatabaseUrlInvalid);
  EXPECT_FALSE(fs::exists(paths.folder));
}

TEST(Database, OnPostgresqlIsNotServedYetAndNoPasswordIsRepeated) {
  const fixtures::TempFolder temp;
  const auto refused = check_database({temp / "data"}, "postgresql://zeren:s3cret@db.example/zeren");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::DatabaseNotServed);
  EXPECT_EQ(refused.error().args.at("database"), "postgresql://zeren@db.example/zeren");
}

}  // namespace
}  // namespace zeren::app
