// Contents of older versions of a type, read as of today's.
#include "records/up_cast.hpp"

#include <gmock/gmock.h>

#include "base/messages.hpp"
#include "unit/records/task_course.hpp"

namespace zeren::records {
namespace {

using base::Json;
using testing::HasSubstr;

// Three versions of one type: 1 has `headline` and `level`, 2 calls it `title`, 3 splits `level` in two.
const UpCasts& casts() {
  static const UpCasts kCasts{
      {1, Json::parse(R"([{"op": "move", "from": "/headline", "path": "/title"},
                          {"op": "add", "path": "/kind", "value": "plain"}])")},
      {2, Json::parse(R"([{"op": "map", "from": "/level",
                           "table": {"county-urgent": {"level": "county", "urgent": true},
                                     "county": {"level": "county", "urgent": false}}},
                          {"op": "remove", "path": "/draft_note"}])")}};
  return kCasts;
}

struct Fixture {
  std::int64_t version;
  const char* stored;
  const char* read;
};

TEST(UpCast, ReadsContentsOfEveryOlderVersion) {
  const std::vector<Fixture> fixtures = {
      {1, R"({"headline": "x", "level": "county-urgent", "draft_note": "y"})",
       R"({"title": "x", "kind": "plain", "level": "county", "urgent": true})"},
      {1, R"({"kind": "own"})", R"({"kind": "own"})"},
      {2, R"({"title": "x", "level": "county"})", R"({"title": "x", "level": "county", "urgent": false})"},
      {2, R"({"level": "unheard of"})", R"({})"},
      {3, R"({"title": "x", "level": "county-urgent"})", R"({"title": "x", "level": "county-urgent"})"},
  };
  for (const auto& each : fixtures) {
    EXPECT_EQ(up_cast(casts(), Json::parse(each.stored), each.version, 3), Json::parse(each.read)) << each.stored;
  }
}

class Replacing : public testing::Test {
 protected:
  Json before_ = {{"schema_version", 2},
                  {"schema", {{"properties", {{"title", {{"type", "string"}, {"maxLength", 200}}}}}}}};
  Json after_ = before_;

  std::string refusal(std::int64_t oldest = 2) const {
    const auto fits = check_replaces("report", before_, after_, oldest);
    return fits ? "" : base::text_of(fits.error());
  }
};

TEST_F(Replacing, TitlesAndIndexesChangeFreely) {
  after_["schema"]["properties"]["title"]["title"] = "标题";
  after_["schema"]["properties"]["title"]["index"] = true;
  EXPECT_EQ(refusal(), "");
}

TEST_F(Replacing, AChangedFieldNeedsANewVersion) {
  after_["schema"]["properties"]["title"]["maxLength"] = 100;
  EXPECT_THAT(refusal(), HasSubstr("raise schema_version"));
}

TEST_F(Replacing, ANewVersionNeedsAnUpCastFromEachThatIsStored) {
  after_["schema"]["properties"]["title"]["maxLength"] = 100;
  after_["schema_version"] = 3;
  EXPECT_THAT(refusal(), HasSubstr("upcasts lack version 2"));
  after_["upcasts"] = {{"2", Json::array()}};
  EXPECT_EQ(refusal(), "");
  EXPECT_THAT(refusal(1), HasSubstr("upcasts lack version 1"));
}

TEST_F(Replacing, AVersionDoesNotGoBack) {
  after_["schema_version"] = 1;
  EXPECT_THAT(refusal(), HasSubstr("goes back"));
}

class StoredVersions : public TaskCourse {};

TEST_F(StoredVersions, TheNextWriteStoresTheNewVersionAndTheOldOneStays) {
  ASSERT_THAT(draft(), Done());
  type_.schema_version = 2;
  EXPECT_EQ(record_.content_schema, 1);
  ASSERT_THAT(carry_out(plan_edit(type_, record_, {{"title", "新"}}, world_.actor(kClerk), planning())), Done());
  EXPECT_EQ(record_.content_schema, 2);
  EXPECT_EQ(record_.schema_version, 1);  // the one it was begun in
  const auto versions = load_versions(world_.session(), record_.id).value();
  EXPECT_EQ(versions.front().schema_version, 1);
  EXPECT_EQ(versions.back().schema_version, 2);
}

}  // namespace
}  // namespace zeren::records
