#include "store/migrations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fixtures/open_store.hpp"

namespace zeren::store {
namespace {

using base::Code;

std::int64_t steps_done(fixtures::OpenStore& store) {
  return (*store.session().first("SELECT COUNT(*) FROM migration"))->integer(0);
}

TEST(Migrations, RunOnce) {
  fixtures::OpenStore store;
  const auto before = steps_done(store);
  EXPECT_GT(before, 0);
  EXPECT_TRUE(migrate(store.session()).has_value());
  EXPECT_EQ(steps_done(store), before);
}

TEST(Migrations, RefuseADatabaseOfALaterProgram) {
  fixtures::OpenStore store;
  const auto later = std::to_string(steps_done(store) + 1);
  ASSERT_TRUE(
      store.session().execute("INSERT INTO migration VALUES (" + later + ", 'future.sql', 'x')"));
  const auto refused = migrate(store.session());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::SchemaNewer);
  EXPECT_EQ(refused.error().args.at("found"), later);
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
