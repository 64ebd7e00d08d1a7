// What the testing kit promises to authors: the day, the organisation, parameters and events as a
// host has them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.hpp"
#include "fixtures/temp_folder.hpp"
#include "zeren/testing/world.hpp"

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using zeren::Json;
using zeren::testing::Date;
using zeren::testing::MovableClock;
using zeren::testing::Organisation;
using zeren::testing::Parameters;
using zeren::testing::TestRecord;
using zeren::testing::World;
using namespace std::chrono_literals;

constexpr auto kTemplate = ZEREN_SOURCE_DIR "/sdk/template";

TEST(MovableClockTest, GoesWhereTheTestSays) {
  MovableClock clock;
  EXPECT_EQ(zeren::testing::to_string(clock.today()), "2026-01-15");
  clock.set(2028y / 2 / 28);
  clock.advance(std::chrono::days{1});
  EXPECT_EQ(zeren::testing::to_string(clock.today()), "2028-02-29");
  clock.advance(-std::chrono::days{365});
  EXPECT_EQ(zeren::testing::to_string(clock.today()), "2027-03-01");
}

class OrganisationTest : public ::testing::Test {
 protected:
  static constexpr Date kBefore = 2025y / 12 / 31;
  static constexpr Date kAfter = 2026y / 1 / 1;
  Organisation organisation_ = Organisation::qinglan();
};

TEST_F(OrganisationTest, HasUnitsPostsAndHoldersToBeginWith) {
  EXPECT_EQ(organisation_.unit_on("qinglan", kAfter)->kind, "party_committee");
  EXPECT_EQ(organisation_.posts_on("qinglan-finance", kAfter).size(), 2U);
  ASSERT_EQ(organisation_.holders_on("qinglan-clerk", kAfter).size(), 1U);
  EXPECT_EQ(organisation_.holders_on("qinglan-clerk", kAfter).front().mode, "formal");
}

TEST_F(OrganisationTest, AnswersAsOfTheDay) {
  organisation_.unit({"newtown", "新城区委", "新城区委", "county", "party_committee"}, {kAfter});
  EXPECT_FALSE(organisation_.unit_on("newtown", kBefore).has_value());
  EXPECT_TRUE(organisation_.unit_on("newtown", kAfter).has_value());
  organisation_.unit({"newtown", "新城市委", "新城市委", "city", "party_committee"},
                     {kAfter + std::chrono::days{10}});
  EXPECT_EQ(organisation_.unit_on("newtown", kAfter)->level, "county");
  EXPECT_EQ(organisation_.unit_on("newtown", kAfter + std::chrono::days{10})->level, "city");
}

TEST_F(OrganisationTest, EndsAnAppointmentBeforeItsLastDay) {
  organisation_.post({"office", "qinglan", "主任", "STAFF"});
  organisation_.appoint({"old", "formal"}, "office", {2020y / 1 / 1, kAfter});
  organisation_.appoint({"new", "acting"}, "office", {kAfter});
  EXPECT_EQ(organisation_.holders_on("office", kBefore).front().person, "old");
  EXPECT_EQ(organisation_.holders_on("office", kAfter).front().person, "new");
  EXPECT_THAT(organisation_.holders_on("no_such_post", kAfter), IsEmpty());
}

TEST(ParametersTest, AreTheDefaultsUntilTheTestSetsOthers) {
  Parameters parameters(*zeren::testing::read_manifest(kTemplate));
  EXPECT_EQ(parameters.values(), (Json{{"due", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"}, {"min_title", 4}}));
  ASSERT_TRUE(parameters.set("min_title", 9).has_value());
  EXPECT_EQ(parameters.values().at("min_title"), 9);
}

TEST(ParametersTest, RefuseWhatTheManifestDoesNotDeclare) {
  Parameters parameters(*zeren::testing::read_manifest(kTemplate));
  EXPECT_THAT(parameters.set("max_title", 9).error().text, HasSubstr("\"max_title\""));
  EXPECT_THAT(parameters.set("min_title", "nine").error().text, HasSubstr("is a number"));
}

TEST(ManifestCheckTest, FindsNothingWrongWithTheTemplate) {
  EXPECT_THAT(zeren::testing::manifest_faults(kTemplate), IsEmpty());
}

TEST(ManifestCheckTest, NamesTheLineOfEachFaultThatAHostWouldFind) {
  const zeren::fixtures::TempFolder folder;
  auto manifest = *zeren::testing::read_manifest(kTemplate);
  manifest["record_types"]["notice"]["steps"]["issue"]["to"] = "nowhere";
  manifest["record_types"]["notice"]["steps"]["issue"]["by"][0]["role"] = "nobody";
  ASSERT_TRUE(zeren::base::write_file(folder / "module.json", manifest.dump(2)).has_value());
  const auto faults = zeren::testing::manifest_faults(folder.path());
  EXPECT_THAT(faults, ::testing::IsSupersetOf({HasSubstr("\"nowhere\""), HasSubstr("\"nobody\"")}));
  EXPECT_THAT(faults.front(), ::testing::ContainsRegex("module.json:[0-9]+"));
  EXPECT_FALSE(zeren::testing::read_manifest(folder.path()).has_value());
}

TEST(ManifestCheckTest, SaysThatThereIsNoManifestOrNoJson) {
  const zeren::fixtures::TempFolder folder;
  EXPECT_EQ(zeren::testing::manifest_faults(folder.path()).size(), 1U);
  ASSERT_TRUE(zeren::base::write_file(folder / "module.json", "{").has_value());
  EXPECT_EQ(zeren::testing::manifest_faults(folder.path()).size(), 1U);
}

/// The probe institution under the template's manifest.
class WorldTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(world_.sound().has_value()) << world_.sound().error().text; }

  World world_{zeren_plugin_entry, kTemplate};
  TestRecord notice_{.type = "notice"};
};

TEST_F(WorldTest, TakesARecordThroughTheStepsOfItsManifest) {
  ASSERT_TRUE(world_.take("draft", notice_).has_value());
  EXPECT_EQ(notice_.state, "draft");
  EXPECT_EQ(notice_.version, 1);
  ASSERT_TRUE(world_.take("issue", notice_).has_value());
  EXPECT_EQ(notice_.state, "issued");
  EXPECT_THAT(world_.host.logged(), ElementsAre("started", "draft", "issue"));
}

TEST_F(WorldTest, RefusesStepsThatTheManifestDoesNotAllow) {
  EXPECT_THAT(world_.take("issue", notice_).error().text, HasSubstr("from the state \"\""));
  EXPECT_THAT(world_.take("burn", notice_).error().text, HasSubstr("no step \"burn\""));
  notice_.type = "memo";
  EXPECT_FALSE(world_.take("draft", notice_).has_value());
  EXPECT_THAT(world_.events(), IsEmpty());
}

TEST_F(WorldTest, TellsTheDayTheUnitAsOfThenAndTheParameters) {
  world_.clock.set(2027y / 3 / 1);
  world_.organisation.unit({"qinglan", "中共青澜市委", "市委", "city", "party_committee"},
                           {2027y / 1 / 1});
  const auto json = world_.step("draft", notice_).build();
  EXPECT_EQ(json["today"], "2027-03-01");
  EXPECT_EQ(json["record"]["unit"]["short_name"], "市委");
  const auto step = zeren::StepRequest::parse(json.dump());
  ASSERT_TRUE(step.has_value());
  EXPECT_EQ(step->parameter("min_title"), 4);
  EXPECT_TRUE(step->parameter("no_such_parameter").is_null());
}

TEST_F(WorldTest, TellsOfEventsAgainAsAHostMay) {
  ASSERT_TRUE(world_.inject(world_.step("draft", notice_).build()).has_value());
  ASSERT_TRUE(world_.redeliver().has_value());
  EXPECT_THAT(world_.host.logged(), ElementsAre("started", "draft", "draft"));
}

/// The probe institution under the template's manifest, which tells of its notices and listens to them.
class ListeningWorldTest : public ::testing::Test {
 protected:
  ListeningWorldTest() {
    auto manifest = *zeren::testing::read_manifest(kTemplate);
    manifest["provides"].push_back("zeren.events/1");
    manifest["events"] = {{"out", {{"notice.issued", {{"title", {{"en", "Issued"}, {"zh-CN", "已印发"}}},
                                                      {"with", {"title"}}}}}},
                          {"in", {"notice.issued", "talk.done"}}};
    manifest["record_types"]["notice"]["steps"]["issue"]["emit"] = {"notice.issued"};
    EXPECT_TRUE(zeren::base::write_file(folder_ / "module.json", manifest.dump()).has_value());
    world_.emplace(zeren_plugin_entry, folder_.path());
    EXPECT_TRUE(world_->sound().has_value()) << world_->sound().error().text;
  }

  const zeren::fixtures::TempFolder folder_;
  std::optional<World> world_;
  TestRecord notice_{.type = "notice", .content = {{"title", "关于报送的通知"}}};
};

TEST_F(ListeningWorldTest, TellsTheModuleOfItsOwnEventsAndKeepsWhatItAnswers) {
  ASSERT_TRUE(world_->take("draft", notice_).has_value());
  EXPECT_THAT(world_->commands(), IsEmpty());
  const auto issued = world_->take("issue", notice_);
  ASSERT_TRUE(issued.has_value()) << issued.error().text;
  EXPECT_EQ(world_->events().back().at("fields"), (Json{{"title", "关于报送的通知"}}));
  EXPECT_EQ(world_->commands().size(), 4U);
}

TEST_F(ListeningWorldTest, InjectsTheEventsOfOthersAndTellsThemAgainWithoutCarryingThemOutTwice) {
  const auto talk = zeren::testing::EventBuilder("talk.done").module("talks").build();
  ASSERT_TRUE(world_->hear(talk).has_value());
  ASSERT_TRUE(world_->redeliver().has_value());
  EXPECT_EQ(world_->commands().size(), 4U);
  EXPECT_THAT(world_->hear(zeren::testing::EventBuilder("petition.count").build()).error().text,
              HasSubstr("events/in"));
}

TEST(WorldWithoutManifestTest, SaysWhatKeepsItFromWorking) {
  const zeren::fixtures::TempFolder folder;
  World world(zeren_plugin_entry, folder.path());
  EXPECT_FALSE(world.sound().has_value());
  TestRecord record{.type = "notice"};
  EXPECT_FALSE(world.take("draft", record).has_value());
}

}  // namespace
