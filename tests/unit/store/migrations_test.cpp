#include "store/migrations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fixtures/open_store.hpp"

namespace zeren::store {
namespace {

using base::Code;

std::int64_t steps_of(fixtures::OpenStore& store) {
  return store.session().first("SELECT COUNT(*) FROM migration").value()->integer(0);
}

TEST(Migrations, RunOnce) {
  fixtures::OpenStore store;
  const auto before = steps_of(store);
  EXPECT_GT(before, 0);
  EXPECT_TRUE(migrate(store.session()).has_value());
  EXPECT_EQ(steps_of(store), before);
}

TEST(Migrations, NameEachPartOfTheSchemaThatIsNotAsTheyMadeIt) {
  fixtures::OpenStore store;
  EXPECT_EQ(schema_damage(store.session()).value(), std::vector<std::string>{});
  ASSERT_TRUE(store.session().script("DROP TRIGGER record_no_delete; CREATE TABLE extra (a TEXT);"
                                     "UPDATE migration SET hash = 'x' WHERE step = 2"));
  EXPECT_EQ(schema_damage(store.session()).value(),
            (std::vector<std::string>{"migration[step=2]", "record_no_delete", "extra"}));
}

TEST(Migrations, RefuseADatabaseOfALaterProgram) {
  fixtures::OpenStore store;
  const auto future = std::to_string(steps_of(store) + 1);
  ASSERT_TRUE(
      store.session().execute("INSERT INTO migration VALUES (" + future + ", 'future.sql', 'x')"));
  const auto refused = migrate(store.session());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::SchemaNewer);
  EXPECT_EQ(refused.error().args.at("found"), future);
}

TEST(Migrations, NoticeAStepThatWasEditedAfterItRan) {
  fixtures::OpenStore store;
  ASSERT_TRUE(store.session().execute("UPDATE migration SET hash = 'x' WHERE step = 2"));
  const auto refused = migrate(store.session());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::SchemaChanged);
  EXPECT_EQ(refused.error().args.at("step"), "0002_org.sql");
}

}  // namespace
}  // namespace zeren::store
