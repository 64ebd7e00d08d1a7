#include "store/session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fixtures/open_store.hpp"

namespace zeren::store {
namespace {

using base::Code;

class SessionTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(session().execute("CREATE TABLE box (id INTEGER PRIMARY KEY, word TEXT UNIQUE, big BIGINT)"));
  }
  Session& session() { return store_.session(); }
  base::Result<void> put(std::int64_t id, Value word, Value big = std::monostate{}) {
    return session().execute("INSERT INTO box VALUES (:1, :2, :3)",
                             std::vector<Value>{id, std::move(word), std::move(big)});
  }
  std::int64_t count() { return (*session().first("SELECT COUNT(*) FROM box"))->integer(0); }

  fixtures::OpenStore store_;
};

TEST_F(SessionTest, GivesBackExactlyWhatWasBound) {
  ASSERT_TRUE(put(1, "责任'; DROP TABLE box; --", std::int64_t{9007199254740993}));
  ASSERT_TRUE(put(2, std::monostate{}));
  const auto rows = session().query("SELECT id, word, big FROM box ORDER BY id");
  ASSERT_TRUE(rows.has_value());
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[0].text(1), "责任'; DROP TABLE box; --");
  EXPECT_EQ((*rows)[0].integer(2), 9007199254740993);
  EXPECT_TRUE((*rows)[1].is_null(1));
  EXPECT_EQ((*rows)[1].optional_integer(2), std::nullopt);
}

TEST_F(SessionTest, AStatementCanBeRunAgainAfterItFailed) {
  ASSERT_TRUE(put(1, "a"));
  const auto twice = put(2, "a");
  ASSERT_FALSE(twice.has_value());
  EXPECT_EQ(twice.error().code, Code::UniqueViolated);
  EXPECT_TRUE(put(2, "b").has_value());
  EXPECT_EQ(count(), 2);
}

TEST_F(SessionTest, HandsRowsOverOneByOneWithTheirNulls) {
  ASSERT_TRUE(put(1, "a word that is too long to be kept in place", std::int64_t{1}));
  ASSERT_TRUE(put(2, std::monostate{}));
  ASSERT_TRUE(put(3, "b", std::int64_t{3}));
  std::vector<std::string> words;
  const auto read = session().each("SELECT word, big FROM box WHERE id > :1 ORDER BY id",
                                   std::vector<Value>{std::int64_t{0}}, [&](const Row& row) -> base::Result<void> {
                                     words.push_back(row.is_null(0) ? "null" : row.text(0) + row.text(1));
                                     return {};
                                   });
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(words, (std::vector<std::string>{"a word that is too long to be kept in place1", "null", "b3"}));
}

TEST_F(SessionTest, WhoTakesRowsEndsItByAFailure) {
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(put(i, std::to_string(i)));
  int taken = 0;
  const auto read = session().each("SELECT id FROM box", {}, [&](const Row&) -> base::Result<void> {
    if (++taken == 2) return base::fail(Code::TextTooLong);
    return {};
  });
  EXPECT_EQ(read.error().code, Code::TextTooLong);
  EXPECT_EQ(taken, 2);
  EXPECT_EQ(count(), 3);
}

TEST_F(SessionTest, WritesManyRowsAndStopsAtTheFirstThatIsRefused) {
  const std::vector<std::vector<Value>> rows = {{std::int64_t{1}, "a"}, {std::int64_t{2}, std::monostate{}},
                                                {std::int64_t{3}, "a"}, {std::int64_t{4}, "d"}};
  const std::string insert = "INSERT INTO box (id, word) VALUES (:1, :2)";
  EXPECT_EQ(session().execute_each(insert, rows).error().code, Code::UniqueViolated);
  EXPECT_EQ(count(), 2);
  EXPECT_TRUE(session().execute_each(insert, std::span(rows).last(1)).has_value());
  EXPECT_TRUE(session().execute_each(insert, {}).has_value());
  EXPECT_EQ(count(), 3);
}

TEST_F(SessionTest, ATransactionThatIsNotCommittedLeavesNothing) {
  {
    auto transaction = Transaction::begin(session());
    ASSERT_TRUE(transaction.has_value());
    ASSERT_TRUE(put(1, "a"));
  }
  EXPECT_EQ(count(), 0);
}

TEST_F(SessionTest, AReaderSeesTheLastCommitAndCannotWrite) {
  auto reader = store_.reader();
  auto transaction = Transaction::begin(session());
  ASSERT_TRUE(put(1, "a"));
  EXPECT_EQ((*reader.first("SELECT COUNT(*) FROM box"))->integer(0), 0);
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ((*reader.first("SELECT COUNT(*) FROM box"))->integer(0), 1);
  EXPECT_EQ(reader.execute("DELETE FROM box").error().code, Code::DatabaseFailed);
}

TEST_F(SessionTest, AFileThatIsNoDatabaseIsNamed) {
  const fixtures::TempFolder folder;
  const auto opened = Session::open(folder / "no/such/folder/zeren.db", Access::ReadWrite);
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, Code::DatabaseUnavailable);
  EXPECT_EQ(opened.error().args.at("file"), (folder / "no/such/folder/zeren.db").string());
  EXPECT_EQ(opened.error().args.at("reason.zh-CN"), "无法打开数据库文件");
}

TEST_F(SessionTest, WhatTheDatabaseSaysIsPutInBothLanguages) {
  const auto refused = store_.reader().execute("DELETE FROM box").error();
  EXPECT_EQ(refused.args.at("reason.zh-CN"), "数据库为只读");
  const auto unknown = session().execute("SELECT nothing FROM nowhere").error();
  EXPECT_EQ(unknown.args.at("reason.zh-CN"), "SQLite 错误 1（" + unknown.args.at("reason") + "）");
}

}  // namespace
}  // namespace zeren::store
