// The side table of indexed fields: written with the content, and the same when it is rebuilt.
#include "records/record_index.hpp"

#include <gmock/gmock.h>

#include "audit/derived_digest.hpp"
#include "unit/records/task_course.hpp"

namespace zeren::records {
namespace {

using base::Json;
using testing::ElementsAre;

class RecordIndex : public TaskCourse {
 protected:
  RecordIndex() {
    const Json index{{"index", true}};
    type_ = world_.type_with({{"schema", {{"properties", {{"title", index}, {"problems_found", index}}}}}});
  }

  base::Result<void> edit(const Json& content) {
    return carry_out(plan_edit(type_, record_, content, world_.actor(kClerk), planning()));
  }

  std::vector<std::string> rows() {
    std::vector<std::string> all;
    const auto found = world_.session().query(
        "SELECT field, words, number FROM record_index ORDER BY record, field");
    for (const auto& row : *found) {
      all.push_back(row.text(0) + "=" + (row.is_null(1) ? std::to_string(row.integer(2)) : row.text(1)));
    }
    return all;
  }

  std::string digest() { return *audit::table_digest(world_.session(), "record_index"); }
};

TEST_F(RecordIndex, HoldsTheFieldsOfTheNewestContentAsTheirTypesSay) {
  ASSERT_THAT(draft(), Done());
  EXPECT_THAT(rows(), ElementsAre("title=报告"));
  ASSERT_THAT(edit({{"title", "二稿"}, {"problems_found", 7}}), Done());
  EXPECT_THAT(rows(), ElementsAre("problems_found=7", "title=二稿"));
  ASSERT_THAT(edit({{"problems_found", 0}}), Done());
  EXPECT_THAT(rows(), ElementsAre("problems_found=0"));
}

TEST_F(RecordIndex, IsTheSameWhenItIsRebuilt) {
  ASSERT_THAT(draft(), Done());
  ASSERT_THAT(edit({{"title", "二稿"}, {"problems_found", 7}}), Done());
  const auto kept = digest();
  ASSERT_TRUE(world_.session().script("UPDATE record_index SET words = 'x' WHERE field = 'title'"));
  EXPECT_NE(digest(), kept);
  store::ChangeSet rebuild;
  rebuild.rows = *plan_reindex(world_.session(), type_);
  world_.must_commit(rebuild);
  EXPECT_EQ(digest(), kept);
}

TEST_F(RecordIndex, FollowsATypeThatIndexesOtherFields) {
  ASSERT_THAT(draft(), Done());
  type_.indexed = {{"problems", IndexedAs::Words}};
  store::ChangeSet rebuild;
  rebuild.rows = *plan_reindex(world_.session(), type_);
  world_.must_commit(rebuild);
  EXPECT_THAT(rows(), ElementsAre("problems=问题"));
}

}  // namespace
}  // namespace zeren::records
