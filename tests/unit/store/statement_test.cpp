#include "store/statement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fixtures/open_store.hpp"

namespace zeren::store {
namespace {

TEST(Statement, BindsValuesInTheOrderTheyWereAdded) {
  fixtures::OpenStore store;
  Statement statement("SELECT ");
  statement.value("first").text(", ").value(std::int64_t{2}).text(", 'b' IN ");
  statement.list({"a", "b"}).text(", 'c' IN ").list({"a", "b"});
  const auto row = statement.first(store.session());
  ASSERT_TRUE(row.has_value());
  EXPECT_EQ((*row)->text(0), "first");
  EXPECT_EQ((*row)->integer(1), 2);
  EXPECT_EQ((*row)->integer(2), 1);
  EXPECT_EQ((*row)->integer(3), 0);
}

TEST(Statement, AValueIsNeverReadAsSql) {
  fixtures::OpenStore store;
  Statement statement("SELECT ");
  statement.value("'; DROP TABLE record; --");
  EXPECT_EQ((*statement.first(store.session()))->text(0), "'; DROP TABLE record; --");
  EXPECT_TRUE(store.session().query("SELECT * FROM record").has_value());
}

}  // namespace
}  // namespace zeren::store
