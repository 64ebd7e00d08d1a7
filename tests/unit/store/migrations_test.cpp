#include "store/migrations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fixtures/open_store.hpp"

namespace zeren::store {
namespace {

using base::Code;

TEST(Migrations, RunOnce) {
  fixtures::OpenStore store;
  EXPECT_TRUE(migrate(store.session()).has_value());
  EXPECT_EQ((*store.session().first("SELECT COUNT(*) FROM migration"))->integer(0), 3);
}

TEST(Migrations, RefuseADatabaseOfALaterProgram) {
  fixtures::OpenStore store;
  ASSERT_TRUE(store.session().execute("INSERT INTO migration VALUES (4, 'future.sql', 'x')"));
  const auto refused = migrate(store.session());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::SchemaNewer);
  EXPECT_EQ(refused.error().args.at("found"), "4");
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
