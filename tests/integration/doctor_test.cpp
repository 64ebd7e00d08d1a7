// `zeren doctor` finds what is wrong with a data folder, whether it is served or not, and changes nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.hpp"
#include "base/json.hpp"
#include "fixtures/temp_folder.hpp"
#include "integration/server_process.hpp"
#include "store/session.hpp"

namespace zeren::integration {
namespace {

namespace fs = std::filesystem;
using base::Json;
using testing::HasSubstr;

class DoctorTest : public testing::Test {
 protected:
  /// What it says of `part`, and how it ended.
  std::pair<Json, int> examined(const std::string& part) const {
    const auto done = zeren(data_, {"doctor", "--format", "json"});
    const auto answer = base::parse_json(done.out, "output").value_or(Json::object());
    for (const auto& item : answer.value("items", Json::array())) {
      if (item.at("part") == part) return {item, done.status};
    }
    ADD_FAILURE() << "nothing is said of " << part << ": " << done.out << done.err;
    return {Json::object(), done.status};
  }

  void expect_wrong(const std::string& part, const std::string& said) const {
    const auto [item, status] = examined(part);
    EXPECT_EQ(item.value("health", ""), "wrong") << item;
    EXPECT_THAT(item.dump(), HasSubstr(said));
    EXPECT_FALSE(item.at("remedy").is_null()) << "there is no fault without a remedy";
    EXPECT_EQ(status, 1);
  }

  fixtures::TempFolder folder_;
  fs::path data_ = folder_ / "data";
  std::map<std::string, std::string> passwords_ = set_up_demo(data_);
};

TEST_F(DoctorTest, FindsNothingWrongWithAFolderThatWasJustMade) {
  const auto done = zeren(data_, {"doctor"});
  EXPECT_EQ(done.status, 0) << done.out << done.err;
  EXPECT_EQ(examined("owner").first.at("found").value("en", ""), "not served");
  EXPECT_EQ(examined("module dual_reports").first.value("health", ""), "ok");
  EXPECT_THAT(zeren(data_, {"--language", "zh-CN", "doctor"}).out, HasSubstr("正常"));
}

TEST_F(DoctorTest, WorksWhileTheFolderIsServed) {
  ServerProcess server(data_);
  EXPECT_THAT(examined("owner").first.at("found").value("en", ""), HasSubstr("served by process"));
  EXPECT_THAT(examined("address").first.at("found").value("en", ""), HasSubstr("127.0.0.1:"));
  EXPECT_EQ(examined("checkpoint").second, 0);
  EXPECT_EQ(server.end(), 0);
  EXPECT_EQ(examined("address").first.at("found").value("en", ""), "none");
}

TEST_F(DoctorTest, FindsAFolderThatOthersCanLookInto) {
  fs::permissions(data_, fs::perms::others_read, fs::perm_options::add);
  expect_wrong("permissions", "chmod 700");
}

TEST_F(DoctorTest, FindsAPackageThatWasChanged) {
  for (const auto& file : fs::recursive_directory_iterator(data_ / "store")) {
    if (file.path().filename() != "module.json") continue;
    fs::permissions(file.path(), fs::perms::owner_write, fs::perm_options::add);
    ASSERT_TRUE(base::write_file(file.path(), base::read_file(file.path()).value() + " "));
  }
  expect_wrong("module dual_reports", "module.json");
}

TEST_F(DoctorTest, FindsAGuardThatWasTakenAway) {
  auto session = store::Session::open(data_ / "zeren.db", store::Access::ReadWrite);
  ASSERT_TRUE(session->execute("DROP TRIGGER audit_entry_no_delete"));
  expect_wrong("schema", "audit_entry_no_delete");
}

TEST_F(DoctorTest, FindsACheckpointOfAnotherLog) {
  ASSERT_TRUE(base::write_file(data_ / "checkpoint", "zeren.example/other\n1\nAAAA\n"));
  expect_wrong("checkpoint", "zeren audit verify");
}

TEST_F(DoctorTest, WarnsOfAYearWithoutACalendarAndIsStillContent) {
  for (const auto& file : fs::directory_iterator(data_ / "config" / "calendars")) fs::remove(file);
  const auto [item, status] = examined("calendars");
  EXPECT_EQ(item.value("health", ""), "warn");
  EXPECT_THAT(item.at("found").value("en", ""), HasSubstr(year()));
  EXPECT_EQ(status, 0);
}

TEST_F(DoctorTest, SaysThatThereIsNoFolder) {
  const auto done = zeren(folder_ / "elsewhere", {"doctor"});
  EXPECT_EQ(done.status, 1);
  EXPECT_THAT(done.out, HasSubstr("zeren init"));
}

}  // namespace
}  // namespace zeren::integration
