// What the institution promises, asked as a host asks it; no server, no database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "zeren/testing/world.hpp"

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using zeren::Json;
using zeren::testing::TestRecord;
using zeren::testing::World;

class MyInstitutionTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(world_.sound().has_value()) << world_.sound().error().text; }

  static TestRecord notice(const std::string& title) {
    TestRecord record;
    record.type = "notice";
    record.state = "draft";
    record.version = 1;
    record.content["title"] = title;
    return record;
  }

  World world_{zeren_plugin_entry, ZEREN_MODULE_DIR};
};

TEST(MyInstitutionManifest, IsTakenByTheHost) {
  EXPECT_THAT(zeren::testing::manifest_faults(ZEREN_MODULE_DIR), IsEmpty());
}

TEST_F(MyInstitutionTest, RefusesATitleThatIsTooShortAndNamesTheField) {
  auto record = notice("通报");
  const auto verdict = world_.take("issue", record);
  ASSERT_TRUE(verdict.has_value()) << verdict.error().text;
  EXPECT_EQ((*verdict)["veto"]["field"], "title");
  EXPECT_EQ((*verdict)["veto"]["zh-CN"], "标题不得少于4个字");
  EXPECT_EQ(record.state, "draft");
}

TEST_F(MyInstitutionTest, AsksForAsManyCharactersAsTheLocalityDoes) {
  ASSERT_TRUE(world_.parameters.set("min_title", 2).has_value());
  auto record = notice("通报");
  ASSERT_TRUE(world_.take("issue", record).has_value());
  EXPECT_EQ(record.state, "issued");
}

TEST_F(MyInstitutionTest, FillsInTheDayOfIssue) {
  world_.clock.set(std::chrono::year{2026} / 2 / 28);
  world_.clock.advance(std::chrono::days{1});
  auto record = notice("关于三起典型问题的通报");
  ASSERT_TRUE(world_.take("issue", record).has_value());
  EXPECT_EQ(record.content["issued_on"], "2026-03-01");
  EXPECT_EQ(record.version, 2);
}

TEST_F(MyInstitutionTest, BearsToBeToldTwice) {
  auto record = notice("关于三起典型问题的通报");
  ASSERT_TRUE(world_.take("issue", record).has_value());
  ASSERT_TRUE(world_.redeliver().has_value());
  EXPECT_THAT(world_.host.logged(), ElementsAre("told of issue", "told of issue"));
}

TEST_F(MyInstitutionTest, CountsWhatIsOwedAndLate) {
  const auto table = world_.host.compute(
      "owed", {{"obligations",
                {{{"rule", "N1"}, {"light", "red"}}, {{"rule", "N1"}, {"light", "green"}}}}});
  ASSERT_TRUE(table.has_value()) << table.error().text;
  EXPECT_EQ(table->at("rows"), Json::parse(R"([{"owed": 2, "late": 1}])"));
}

}  // namespace
