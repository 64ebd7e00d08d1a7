#include "audit/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/audit/audited_store.hpp"

namespace zeren::audit {
namespace {

using base::Code;
using fixtures::AuditedStore;
using store::Savepoint;
using store::Transaction;

class LogTest : public testing::Test {
 protected:
  store::Session& session() { return store_.session(); }
  Log& log() { return store_.log(); }
  Draft draft() { return store_.draft(AuditedStore::act("test.act")); }

  std::int64_t count(const std::string& table) {
    return (*session().first("SELECT COUNT(*) FROM " + table)).value().integer(0);
  }

  /// What a second look at the database makes of the head.
  Head reopened() { return Log::open(session())->head(); }

  AuditedStore store_;
};

TEST_F(LogTest, BeginsEmpty) {
  EXPECT_EQ(log().head().size, 0);
  EXPECT_EQ(log().head().root, tree_root({}));
}

TEST_F(LogTest, TheHeadIsTheRootOverAllLeaves) {
  std::vector<Digest> leaves;
  for (const int group : {1, 3, 4, 9}) {
    auto transaction = Transaction::begin(session());
    for (int i = 0; i < group; ++i) {
      const auto entry = draft();
      EXPECT_EQ(*log().insert(session(), entry), static_cast<std::int64_t>(leaves.size()));
      leaves.push_back(leaf_hash(entry.leaf));
    }
    const auto sealed = log().seal(session());
    ASSERT_TRUE(sealed);
    EXPECT_EQ(sealed->root, tree_root(leaves));
    ASSERT_TRUE(transaction->commit());
    log().committed();
    EXPECT_EQ(log().head(), *sealed);
    EXPECT_EQ(reopened(), *sealed);
  }
  EXPECT_EQ(count("audit_leaf"), 17);
}

TEST_F(LogTest, MemoryMovesOnlyWithTheCommit) {
  store_.append(2);
  const auto before = log().head();
  {
    auto transaction = Transaction::begin(session());
    ASSERT_TRUE(log().insert(session(), draft()));
    ASSERT_TRUE(log().seal(session()));
    EXPECT_EQ(log().head(), before);
  }
  log().rolled_back();
  EXPECT_EQ(log().head(), before);
  EXPECT_EQ(reopened(), before);
  store_.append(1);
  EXPECT_EQ(log().head().size, 3);
  EXPECT_EQ(reopened(), log().head());
}

TEST_F(LogTest, AnEntryUndoneWithItsSavepointLeavesNoGap) {
  auto transaction = Transaction::begin(session());
  EXPECT_EQ(*log().insert(session(), draft()), 0);
  {
    auto savepoint = Savepoint::set(session());
    EXPECT_EQ(*log().insert(session(), draft()), 1);
  }
  log().forget_last();
  EXPECT_EQ(*log().insert(session(), draft()), 1);
  ASSERT_TRUE(log().seal(session()));
  ASSERT_TRUE(transaction->commit());
  log().committed();
  EXPECT_EQ(log().head().size, 2);
  EXPECT_EQ(reopened(), log().head());
}

TEST_F(LogTest, AnInsertThatFailedIsNotRemembered) {
  store_.append(1);
  auto taken = draft();
  taken.id = (*session().first("SELECT id FROM audit_entry")).value().text(0);
  auto transaction = Transaction::begin(session());
  {
    auto savepoint = Savepoint::set(session());
    EXPECT_EQ(log().insert(session(), taken).error().code, Code::UniqueViolated);
  }
  EXPECT_EQ(*log().insert(session(), draft()), 1);
  ASSERT_TRUE(log().seal(session()));
  ASSERT_TRUE(transaction->commit());
  log().committed();
  EXPECT_EQ(reopened(), log().head());
}

TEST_F(LogTest, ARoundWithoutEntriesWritesNothing) {
  store_.append(3);
  const auto before = log().head();
  auto transaction = Transaction::begin(session());
  EXPECT_EQ(*log().seal(session()), before);
  ASSERT_TRUE(transaction->commit());
  log().committed();
  EXPECT_EQ(log().head(), before);
}

TEST_F(LogTest, BytesThatReachedTheDatabaseOtherwiseThanDraftedAreNotSealed) {
  store_.append(2);
  AuditedStore::disarm(session());
  auto transaction = Transaction::begin(session());
  ASSERT_TRUE(log().insert(session(), draft()));
  ASSERT_TRUE(log().insert(session(), draft()));
  ASSERT_TRUE(session().execute("UPDATE audit_entry SET leaf = leaf || ' ' WHERE idx = 3"));
  const auto sealed = log().seal(session());
  ASSERT_FALSE(sealed);
  EXPECT_EQ(sealed.error().code, Code::AuditCorrupt);
  EXPECT_EQ(sealed.error().args.at("what"), "audit_entry[idx=3].leaf");
}

TEST_F(LogTest, AnEntryLostOnTheWayIsNotSealed) {
  AuditedStore::disarm(session());
  auto transaction = Transaction::begin(session());
  ASSERT_TRUE(log().insert(session(), draft()));
  ASSERT_TRUE(session().execute("DELETE FROM audit_value"));
  ASSERT_TRUE(session().execute("DELETE FROM audit_entry"));
  EXPECT_EQ(log().seal(session()).error().code, Code::AuditCorrupt);
}

TEST_F(LogTest, TheDatabaseRefusesToCommitWithoutTheSeal) {
  auto transaction = Transaction::begin(session());
  ASSERT_TRUE(log().insert(session(), draft()));
  EXPECT_EQ(transaction->commit().error().code, Code::WriteWithoutEntry);
  log().rolled_back();
  EXPECT_EQ(count("audit_entry"), 0);
}

TEST_F(LogTest, LeavesWithoutAHeadAreNotTakenForAnEmptyLog) {
  store_.append(5);
  store_.tamper("DELETE FROM audit_head");
  const auto refused = Log::open(session());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::AuditCorrupt);
}

TEST_F(LogTest, AHeadThatContradictsItselfIsNotTakenUp) {
  store_.append(5);
  AuditedStore::disarm(session());
  for (const auto* change : {"size = 4", "size = 6", "size = 'x'", "root = 'x'", "peaks = '[]'"}) {
    auto transaction = Transaction::begin(session());
    ASSERT_TRUE(session().execute(std::string("UPDATE audit_head SET ") + change));
    const auto refused = Log::open(session());
    ASSERT_FALSE(refused) << change;
    EXPECT_EQ(refused.error().code, Code::AuditCorrupt) << change;
    EXPECT_THAT(refused.error().args.at("what"), testing::StartsWith("audit_head"));
  }
}

}  // namespace
}  // namespace zeren::audit
