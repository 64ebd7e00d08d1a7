// Nothing is written without an entry and nothing is deleted, in raw SQL either (ADR 1).
#include "contract/store/store_contract.hpp"

namespace zeren::contract {
namespace {

using base::Code;
using store::RowWrite;
using store::TableKind;
using store::Transaction;
using store::Value;

class CouplingContract : public MigratedContract {
 protected:
  void write_epoch(std::int64_t version = 1) {
    commit({{}, {{RowWrite::Kind::Insert, "epoch", {{"name", "org"}}, {{"version", version}}}}, {}, {}, {}});
  }
  void expect_refused(const std::string& sql) {
    const auto before = text("SELECT COUNT(*) FROM audit_entry");
    EXPECT_EQ(refusal(sql).code, Code::WriteWithoutEntry) << sql;
    EXPECT_EQ(text("SELECT COUNT(*) FROM audit_entry"), before) << sql;
  }
};

TEST_P(CouplingContract, EveryTrackedTableRefusesAnInsertWithoutAnOpenEntry) {
  write_epoch();
  for (const auto& table : store::all_tables()) {
    if (table.kind != TableKind::Tracked) continue;
    const std::string insert = "INSERT INTO " + std::string(table.name) + " (entry) VALUES ";
    expect_refused(insert + "(0)");     // sealed
    expect_refused(insert + "(7)");     // absent
    expect_refused(insert + "(NULL)");
  }
}

TEST_P(CouplingContract, AnUpdateNeedsAnOpenEntryToo) {
  write_epoch();
  expect_refused("UPDATE epoch SET version = 2");
  expect_refused("UPDATE epoch SET version = 2, entry = 0");
  expect_refused("UPDATE epoch SET version = 2, entry = 1");
  expect_refused("UPDATE epoch SET version = 2, entry = NULL");
  expect_refused("INSERT INTO epoch VALUES ('org', 2, 0) ON CONFLICT (name) DO UPDATE SET version = 2");
  EXPECT_EQ(text("SELECT version FROM epoch"), "1");
}

TEST_P(CouplingContract, EveryTrackedTableHasItsGuards) {
  for (const auto& table : store::all_tables()) {
    if (table.kind != TableKind::Tracked) continue;
    const auto found = session().first(
        on_postgresql() ? "SELECT COUNT(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
                          " AND tgrelid = CAST(CAST(:1 AS text) AS regclass)"
                        : "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :1",
        std::vector<Value>{std::string(table.name)});
    ASSERT_TRUE(found);
    EXPECT_EQ((*found)->integer(0), on_postgresql() ? 2 : 3) << table.name;
  }
}

TEST_P(CouplingContract, NothingTrackedIsDeleted) {
  write_epoch();
  expect_refused("DELETE FROM epoch");
  expect_refused("DELETE FROM epoch WHERE name = 'org'");
  EXPECT_EQ(count("epoch"), 1);
}

TEST_P(CouplingContract, NoTableOfTheLogOrTrackedIsTruncated) {
  if (!on_postgresql()) return;  // SQLite has no such statement
  write_epoch();
  for (const auto& table : store::all_tables()) {
    if (table.kind != TableKind::Tracked && table.kind != TableKind::Log) continue;
    expect_refused("TRUNCATE " + std::string(table.name) + " CASCADE");
  }
}

TEST_P(CouplingContract, ARowMayNameItsEntryUntilTheLeafIsThere) {
  auto transaction = Transaction::begin(session());
  const auto entry = open_entry();
  ASSERT_TRUE(session().execute("INSERT INTO epoch VALUES ('org', 1, 0)"));
  ASSERT_TRUE(session().execute("UPDATE epoch SET version = 2"));
  ASSERT_TRUE(session().execute("INSERT INTO audit_value VALUES (0, 'reason', 's', 'v')"));
  seal(entry);
  auto savepoint = store::Savepoint::set(session());
  EXPECT_EQ(refusal("UPDATE epoch SET version = 3").code, Code::WriteWithoutEntry);
}

TEST_P(CouplingContract, AnEntryThatWasNotAppendedToTheTreeCannotCommit) {
  auto transaction = Transaction::begin(session());
  open_entry();
  ASSERT_TRUE(session().execute("INSERT INTO epoch VALUES ('org', 1, 0)"));
  const auto committed = transaction->commit();
  ASSERT_FALSE(committed);
  EXPECT_EQ(committed.error().code, Code::WriteWithoutEntry);
  EXPECT_EQ(count("epoch"), 0);
  EXPECT_EQ(count("audit_entry"), 0);
}

TEST_P(CouplingContract, EntriesLeavesAndValuesNeverChange) {
  write_epoch();
  for (const auto* raw : {"UPDATE audit_entry SET leaf = 'x'", "DELETE FROM audit_entry",
                          "UPDATE audit_leaf SET hash = 'x'", "DELETE FROM audit_leaf",
                          "INSERT INTO audit_leaf VALUES (0, 'x') ON CONFLICT (idx) DO UPDATE SET hash = 'x'",
                          "INSERT INTO audit_value VALUES (0, 'late', 's', 'v')",
                          "INSERT INTO audit_entry VALUES (7, 'gap', '{}')",
                          "INSERT INTO audit_entry VALUES (-1, 'gap', '{}')",
                          "INSERT INTO audit_leaf VALUES (7, 'x')"}) {
    expect_refused(raw);
  }
}

TEST_P(CouplingContract, TheHeadGrowsAndCheckpointsStay) {
  constexpr auto kHead = "INSERT INTO audit_head VALUES (1, 5, 'r', '[]') ON CONFLICT (id)"
                         " DO UPDATE SET size = excluded.size";
  ASSERT_TRUE(session().execute(kHead));
  ASSERT_TRUE(session().execute("UPDATE audit_head SET size = 6"));
  expect_refused(kHead);
  expect_refused("UPDATE audit_head SET size = 5");
  expect_refused("DELETE FROM audit_head");
  ASSERT_TRUE(session().execute("INSERT INTO audit_checkpoint VALUES (5, 'r', 'n')"));
  expect_refused("UPDATE audit_checkpoint SET note = 'x'");
  expect_refused("DELETE FROM audit_checkpoint");
}

// A temporary table hides one of the same name, unless the triggers know better.
TEST_P(CouplingContract, ATemporaryTableDoesNotStandInFrontOfTheLog) {
  write_epoch();
  ASSERT_TRUE(session().script("CREATE TEMPORARY TABLE audit_leaf (idx BIGINT, hash TEXT);"
                               "CREATE TEMPORARY TABLE audit_entry (idx BIGINT, id TEXT, leaf TEXT);"));
  if (on_postgresql()) {
    ASSERT_TRUE(session().script("SET search_path TO pg_temp, public;"
                                 "INSERT INTO pg_temp.audit_entry VALUES (9, 'forged', '{}');"));
  }
  expect_refused("UPDATE epoch SET version = 2, entry = 0");
  EXPECT_EQ(refusal("UPDATE epoch SET version = 2, entry = 9").code, Code::WriteWithoutEntry);
}

TEST_P(CouplingContract, ARefusalSaysWhatIsMissing) {
  EXPECT_THAT(refusal("INSERT INTO epoch VALUES ('org', 1, 3)").args.at("reason"),
              testing::HasSubstr("zeren: epoch needs an open audit entry"));
  EXPECT_THAT(refusal("INSERT INTO audit_entry VALUES (7, 'gap', '{}')").args.at("reason"),
              testing::HasSubstr("zeren: entries are numbered without gaps"));
}

ZEREN_ON_BOTH_DATABASES(CouplingContract);

}  // namespace
}  // namespace zeren::contract
