#include "store/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "fixtures/open_store.hpp"

namespace zeren::store {
namespace {

using base::Code;

RowWrite epoch_row(RowWrite::Kind kind, std::int64_t version) {
  return {kind, "epoch", {{"name", "org"}}, {{"version", version}}};
}

class TablesTest : public testing::Test {
 protected:
  Session& session() { return store_.session(); }

  // One whole audited change, as the committer does it.
  void commit(const ChangeSet& change) {
    auto transaction = Transaction::begin(session());
    const auto entry = store_.open_entry();
    ASSERT_TRUE(write_rows(session(), change, entry));
    store_.seal(entry);
    ASSERT_TRUE(transaction->commit());
  }

  fixtures::OpenStore store_;
};

TEST_F(TablesTest, ListsEveryTableOfTheDatabase) {
  std::set<std::string> listed;
  for (const auto& table : all_tables()) listed.insert(std::string(table.name));
  std::set<std::string> present;
  const auto rows = session().query("SELECT name FROM sqlite_master WHERE type = 'table'");
  for (const auto& row : *rows) present.insert(row.text(0));
  EXPECT_EQ(present, listed);
}

TEST_F(TablesTest, EveryTrackedTableRefusesRawWritesWithoutAnOpenEntry) {
  for (const auto& table : all_tables()) {
    if (table.kind != TableKind::Tracked) continue;
    const auto refused =
        session().execute("INSERT INTO " + std::string(table.name) + " (entry) VALUES (0)");
    ASSERT_FALSE(refused.has_value()) << table.name;
    EXPECT_EQ(refused.error().code, Code::WriteWithoutEntry) << table.name;
  }
}

TEST_F(TablesTest, EveryTrackedTableRefusesToDelete) {
  for (const auto& table : all_tables()) {
    if (table.kind != TableKind::Tracked) continue;
    const auto triggers = session().first(
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :1"
        " AND (sql LIKE '%BEFORE DELETE%' OR sql LIKE '%BEFORE UPDATE%' OR sql LIKE '%BEFORE INSERT%')",
        std::vector<Value>{std::string(table.name)});
    EXPECT_EQ((*triggers)->integer(0), 3) << table.name;
  }
  commit({{}, {epoch_row(RowWrite::Kind::Insert, 1)}, {}, {}, {}});
  EXPECT_EQ(session().execute("DELETE FROM epoch").error().code, Code::WriteWithoutEntry);
}

TEST_F(TablesTest, ASealedEntryTakesNoMoreWrites) {
  commit({{}, {epoch_row(RowWrite::Kind::Insert, 1)}, {}, {}, {}});
  const auto late = session().execute("UPDATE epoch SET version = 9, entry = 0");
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error().code, Code::WriteWithoutEntry);
}

TEST_F(TablesTest, AnEntryThatWasNotAppendedToTheTreeCannotCommit) {
  auto transaction = Transaction::begin(session());
  const auto entry = store_.open_entry();
  ASSERT_TRUE(write_rows(session(), {{}, {epoch_row(RowWrite::Kind::Insert, 1)}, {}, {}, {}}, entry));
  const auto committed = transaction->commit();
  ASSERT_FALSE(committed.has_value());
  EXPECT_EQ(committed.error().code, Code::WriteWithoutEntry);
  EXPECT_EQ((*session().first("SELECT COUNT(*) FROM epoch"))->integer(0), 0);
}

TEST_F(TablesTest, EntriesLeavesAndValuesNeverChange) {
  commit({{}, {epoch_row(RowWrite::Kind::Insert, 1)}, {}, {}, {}});
  for (const auto* raw : {"UPDATE audit_entry SET leaf = 'x'", "DELETE FROM audit_entry",
                          "UPDATE audit_leaf SET hash = 'x'", "DELETE FROM audit_leaf",
                          "INSERT OR REPLACE INTO audit_leaf VALUES (0, 'x')",
                          "INSERT INTO audit_value VALUES (0, 'late', 's', 'v')",
                          "INSERT INTO audit_entry VALUES (7, 'gap', '{}')"}) {
    const auto refused = session().execute(raw);
    ASSERT_FALSE(refused.has_value()) << raw;
    EXPECT_EQ(refused.error().code, Code::WriteWithoutEntry) << raw;
  }
}

TEST_F(TablesTest, AReadThatMovedIsStale) {
  const ChangeSet expects_absent{{}, {}, {{"epoch", {{"name", "org"}}, 0}}, {}, {}};
  EXPECT_TRUE(check_reads(session(), expects_absent));
  commit({{}, {epoch_row(RowWrite::Kind::Insert, 1)}, {}, {}, {}});
  const auto stale = check_reads(session(), expects_absent);
  ASSERT_FALSE(stale.has_value());
  EXPECT_EQ(stale.error().code, Code::StaleRead);
  EXPECT_TRUE(check_reads(session(), {{}, {}, {{"epoch", {{"name", "org"}}, 1}}, {}, {}}));
}

TEST_F(TablesTest, AnEntryCommitsToItsTrackedRowsOnly) {
  const ChangeSet change{
      {},
      {epoch_row(RowWrite::Kind::Update, 2), {RowWrite::Kind::Insert, "outbox", {{"seq", 1}}, {}}},
      {}, {}, {}};
  EXPECT_EQ(committed_rows(change).dump(), R"([["epoch",{"name":"org"},{"version":2}]])");
}

}  // namespace
}  // namespace zeren::store
