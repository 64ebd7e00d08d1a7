// One change in any column of any table of the log, or that the log speaks of, is found and named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "audit/verify.hpp"
#include "unit/audit/seeded_log.hpp"

namespace zeren::audit {
namespace {

using base::Code;
using store::TableKind;
using testing::AnyOf;
using testing::StartsWith;

// The tampered log holds an entry per tracked table, so its size is not a number to write here.
constexpr const char* kLastCheckpoint = "size = (SELECT MAX(size) FROM audit_checkpoint)";

// Which row of each table of the log is tampered with.
const std::map<std::string, std::string, std::less<>>& log_rows() {
  static const std::map<std::string, std::string, std::less<>> kRows = {
      {"audit_entry", "idx = 3"},
      {"audit_leaf", "idx = 3"},
      {"audit_value", "entry = 3 AND name = 'rows'"},
      {"audit_head", "id = 1"},
      {"audit_checkpoint", kLastCheckpoint}};
  return kRows;
}

// Another value of the same kind, in SQL.
std::string altered(const Column& column) {
  if (column.integer) return column.name + " + 1000";
  return "CASE substr(" + column.name + ", 1, 1) WHEN 'X' THEN 'Y' ELSE 'X' END || substr(" +
         column.name + ", 2)";
}

class TamperingTest : public testing::Test {
 protected:
  TamperingTest() {
    fixtures::seed(store_);
    rearm_ = fixtures::AuditedStore::disarm(store_.session());
    // All in the one file that is copied.
    EXPECT_TRUE(store_.session().execute("PRAGMA wal_checkpoint(TRUNCATE)"));
  }

  /// What a check finds on a copy of the database in which `sql` ran.
  std::vector<base::Error> findings_after(const std::string& sql) {
    const auto copy = store_.folder() / "copy.db";
    std::filesystem::copy_file(store_.file(), copy,
                               std::filesystem::copy_options::overwrite_existing);
    auto session = *store::Session::open(copy, store::Access::ReadWrite);
    EXPECT_TRUE(
        session.script("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA "
                       "synchronous = OFF"));
    EXPECT_TRUE(session.script(sql)) << sql;
    EXPECT_TRUE(session.script(rearm_));
    const auto report = verify(session, {store_.key().verifier(), {}});
    EXPECT_TRUE(report) << sql;
    return report->findings;
  }

  void for_each_column(TableKind kind,
                       const std::function<void(const store::Table&, const Column&)>& each) {
    for (const auto& table : store::all_tables()) {
      if (table.kind != kind) continue;
      const auto columns = columns_of(store_.session(), table.name);
      for (const auto& column : *columns) each(table, column);
    }
  }

  fixtures::AuditedStore store_;
  std::string rearm_;  // what puts the guards back
};

TEST_F(TamperingTest, TheUntouchedCopyIsSound) { EXPECT_TRUE(findings_after("").empty()); }

TEST_F(TamperingTest, EveryColumnOfEveryTrackedTableIsGuarded) {
  int columns = 0;
  for_each_column(TableKind::Tracked, [&](const store::Table& table, const Column& column) {
    const std::string name(table.name);
    const auto findings = findings_after("UPDATE " + name + " SET " + column.name + " = " +
                                         altered(column) + " WHERE rowid = 1");
    const auto key = key_of(table);
    const bool is_key = std::find(key.begin(), key.end(), column.name) != key.end();
    ASSERT_EQ(findings.size(), is_key ? 2U : 1U) << name << "." << column.name;
    for (const auto& finding : findings) {
      EXPECT_THAT(finding.args.at("what"), StartsWith(name + "["));
      EXPECT_THAT(finding.code, is_key ? AnyOf(Code::AuditUnaccounted, Code::AuditMissing)
                                       : AnyOf(Code::AuditAltered, Code::AuditAltered));
    }
    if (!is_key) {
      EXPECT_THAT(findings[0].args.at("what"), testing::EndsWith("]." + column.name));
    }
    ++columns;
  });
  EXPECT_GT(columns, 100);
}

TEST_F(TamperingTest, NothingIsNotTheSameAsEmpty) {
  for (const auto* sql : {"UPDATE leg SET answered_by = NULL WHERE rowid = 1",
                          "UPDATE account SET os_user = NULL WHERE rowid = 1",
                          "UPDATE relation SET known_to = NULL WHERE rowid = 2"}) {
    const auto findings = findings_after(sql);
    ASSERT_EQ(findings.size(), 1U) << sql;
    EXPECT_EQ(findings[0].code, Code::AuditAltered) << sql;
  }
}

TEST_F(TamperingTest, EveryColumnOfEveryTableOfTheLogIsGuarded) {
  for_each_column(TableKind::Log, [&](const store::Table& table, const Column& column) {
    const std::string name(table.name);
    const auto findings = findings_after("UPDATE " + name + " SET " + column.name + " = " +
                                         altered(column) + " WHERE " + log_rows().at(name));
    const bool named = std::any_of(findings.begin(), findings.end(), [&](const auto& finding) {
      return finding.args.at("what").starts_with(name + "[");
    });
    EXPECT_TRUE(named) << name << "." << column.name;
  });
}

TEST_F(TamperingTest, ColumnsThatHoldAnotherKindOfValueAreFindingsNotCrashes) {
  for_each_column(TableKind::Log, [&](const store::Table& table, const Column& column) {
    const bool is_rowid = column.integer && (column.name == "idx" || column.name == "id");
    if (is_rowid) return;  // SQLite keeps these numbers
    for (const auto* value : {"'junk'", "1.5", "-1", "x'00ff'", "''"}) {
      const auto name = std::string(table.name);
      const auto sql = "UPDATE " + name + " SET " + column.name + " = " + value + " WHERE " +
                       log_rows().at(name);
      EXPECT_FALSE(findings_after(sql).empty()) << sql;
    }
  });
}

TEST_F(TamperingTest, EveryByteOfAnEntryItsProofsAndItsSignatureIsGuarded) {
  const std::vector<std::array<std::string, 3>> cells = {
      {"audit_entry", "leaf", "idx = 3"},
      {"audit_leaf", "hash", "idx = 3"},
      {"audit_value", "salt", "entry = 3 AND name = 'reason'"},
      {"audit_value", "value", "entry = 3 AND name = 'reason'"},
      {"audit_head", "root", "id = 1"},
      {"audit_head", "peaks", "id = 1"},
      {"audit_checkpoint", "root", kLastCheckpoint},
      {"audit_checkpoint", "note", kLastCheckpoint}};
  auto& session = store_.session();
  const VerifyOptions options{store_.key().verifier(), {}};
  for (const auto& [table, column, where] : cells) {
    const auto update = "UPDATE " + table + " SET " + column + " = :1 WHERE " + where;
    const auto row = session.first("SELECT " + column + " FROM " + table + " WHERE " + where);
    const auto text = (*row)->text(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      auto changed = text;
      changed[i] = static_cast<char>(changed[i] ^ 1);
      ASSERT_TRUE(session.execute(update, std::array<store::Value, 1>{changed}));
      const auto report = verify(session, options);
      ASSERT_TRUE(report);
      ASSERT_FALSE(report->sound()) << table << "." << column << " byte " << i;
      EXPECT_THAT(report->findings[0].args.at("what"), StartsWith(table + "["));
    }
    ASSERT_TRUE(session.execute(update, std::array<store::Value, 1>{text}));
  }
  EXPECT_TRUE(session.script(rearm_));
  EXPECT_TRUE(verify(session, options)->sound());
}

}  // namespace
}  // namespace zeren::audit
