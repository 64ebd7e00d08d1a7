#include "audit/verify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/file.hpp"
#include "base/messages.hpp"
#include "unit/audit/seeded_log.hpp"

namespace zeren::audit {
namespace {

using base::Code;
using fixtures::AuditedStore;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

// The entries that seeded the tables come first, one each; a change of a record and a derivation follow.
const auto kTables = static_cast<std::int64_t>(fixtures::seeded_tables().size());
const auto kEntries = kTables + 2;

std::string entry(std::int64_t index) { return "audit_entry[idx=" + std::to_string(index) + "]"; }

std::string entry_of(std::string_view table) {
  const auto names = fixtures::seeded_tables();
  return entry(std::find(names.begin(), names.end(), table) - names.begin());
}

std::string checkpoint(std::int64_t size, const std::string& column) {
  return "audit_checkpoint[size=" + std::to_string(size) + "]." + column;
}

class VerifyTest : public testing::Test {
 protected:
  VerifyTest() { fixtures::seed(store_); }

  Report verified() {
    const auto report =
        verify(store_.session(), {store_.key().verifier(), store_.paths().last_signed});
    EXPECT_TRUE(report);
    return *report;
  }

  /// The findings as an auditor reads them.
  std::vector<std::string> told() {
    std::vector<std::string> texts;
    for (const auto& finding : verified().findings) texts.push_back(base::text_of(finding));
    return texts;
  }

  void run(const std::string& sql) { store_.tamper(sql); }

  AuditedStore store_;
};

TEST_F(VerifyTest, FindsNothingWrongInAWholeLog) {
  const auto report = verified();
  EXPECT_THAT(told(), ElementsAre());
  EXPECT_TRUE(report.sound());
  EXPECT_EQ(report.entries, kEntries);
  EXPECT_EQ(report.values, 2 * kTables + 2);
  EXPECT_EQ(report.rows, 2 * kTables);
  EXPECT_EQ(report.checkpoints, 2);
}

TEST_F(VerifyTest, FindsNothingWrongInAnEmptyDatabase) {
  AuditedStore fresh;
  const auto report = verify(fresh.session(), {fresh.key().verifier(), fresh.paths().last_signed});
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->sound());
}

TEST_F(VerifyTest, ReadsAReadOnlyDatabase) {
  auto reader = *store::Session::open(store_.file(), store::Access::ReadOnly);
  EXPECT_TRUE(verify(reader, {store_.key().verifier(), {}})->sound());
}

TEST_F(VerifyTest, NamesTheColumnAndTheEntryOfAChangedRow) {
  run("UPDATE leg SET state = 'receipted' WHERE id = 't2'");
  EXPECT_THAT(told(), ElementsAre(HasSubstr("leg[id=t2].state was changed: it is not what " +
                                            entry_of("leg") + " says")));
}

TEST_F(VerifyTest, JudgesARowByItsLatestWrite) {
  run("UPDATE record SET state = 't1' WHERE id = 't1'");
  EXPECT_THAT(told(), ElementsAre(HasSubstr("record[id=t1].state was changed: it is not what " +
                                            entry(kTables) + " says")));
}

// A byte of the row itself, which the index over its key still holds as it was.
TEST_F(VerifyTest, FindsAByteThatNoStatementShows) {
  ASSERT_TRUE(store_.session().execute("PRAGMA wal_checkpoint(TRUNCATE)"));
  const auto copy = store_.folder() / "flipped.db";
  std::filesystem::copy_file(store_.file(), copy);
  {
    auto session = *store::Session::open(copy, store::Access::ReadWrite);
    const auto index = *session.first(
        "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_leg_1'");
    const auto size = *session.first("PRAGMA page_size");
    auto bytes = *base::read_file(copy);
    const auto page = static_cast<std::size_t>((index->integer(0) - 1) * size->integer(0));
    const auto at = bytes.find("t2", page);
    ASSERT_LT(at, page + static_cast<std::size_t>(size->integer(0)));
    bytes[at + 1] = '3';
    ASSERT_TRUE(base::write_file(copy, bytes, base::FileMode::Private));
  }
  auto session = *store::Session::open(copy, store::Access::ReadWrite);
  const auto report = verify(session, {store_.key().verifier(), {}});
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->sound());
}

TEST_F(VerifyTest, NamesAGuardThatWasTakenAway) {
  ASSERT_TRUE(store_.session().script("DROP TRIGGER leg_no_delete"));
  EXPECT_THAT(told(), ElementsAre(HasSubstr("leg_no_delete was changed")));
}

TEST_F(VerifyTest, NamesRowsThatWereSlippedIn) {
  run("INSERT INTO epoch VALUES ('slipped', 1, 3)");
  EXPECT_THAT(told(), ElementsAre(HasSubstr("epoch[name=slipped] is there, but no audit entry")));
}

TEST_F(VerifyTest, NamesRowsThatWereRemoved) {
  run("DELETE FROM step_taken WHERE record = 't1'");
  EXPECT_THAT(told(), ElementsAre(HasSubstr("step_taken[record=t1,version=1] is missing, though " +
                                            entry_of("step_taken"))));
}

TEST_F(VerifyTest, NamesEntriesAndValuesThatWereRemoved) {
  run("DELETE FROM audit_value WHERE entry = 4 AND name = 'reason'");
  EXPECT_THAT(told(), ElementsAre(HasSubstr("audit_value[entry=4,name=reason] is missing")));
  run("DELETE FROM audit_entry WHERE idx = 15");
  EXPECT_THAT(told(), Contains(HasSubstr("audit_entry[idx=15] is missing")));
}

TEST_F(VerifyTest, ALeafRewrittenWithItsHashAndHeadIsContradictedByTheCheckpoint) {
  const auto row = *store_.session().first("SELECT leaf FROM audit_entry WHERE idx = 2");
  auto leaf = row->text(0);
  leaf.replace(leaf.find("account-1"), 9, "account-2");
  CompactRange tree;
  const auto hashes = store_.session().query("SELECT hash FROM audit_leaf ORDER BY idx");
  for (const auto& hash : *hashes) {
    tree.append(tree.size() == 2 ? leaf_hash(leaf) : *base::digest_from_base64(hash.text(0)));
  }
  run("UPDATE audit_entry SET leaf = '" + leaf + "' WHERE idx = 2;" +
      "UPDATE audit_leaf SET hash = '" + base::to_base64(leaf_hash(leaf)) + "' WHERE idx = 2;" +
      "UPDATE audit_head SET root = '" + base::to_base64(tree.root()) + "', peaks = '" +
      tree.peaks_text() + "'");
  EXPECT_THAT(told(),
              ElementsAre(HasSubstr(checkpoint(kTables, "root")),
                          HasSubstr(checkpoint(kEntries, "root")), HasSubstr("last_signed")));
}

TEST_F(VerifyTest, ALogCutOffAtTheEndIsToldByLastSigned) {
  const auto last = std::to_string(kEntries - 1);
  CompactRange tree;
  const auto hashes = store_.session().query("SELECT hash FROM audit_leaf WHERE idx < " + last);
  for (const auto& hash : *hashes) tree.append(*base::digest_from_base64(hash.text(0)));
  run("DELETE FROM audit_checkpoint WHERE size > " + last + "; DELETE FROM audit_value WHERE entry = " +
      last + "; DELETE FROM audit_leaf WHERE idx = " + last + "; DELETE FROM audit_entry WHERE idx = " +
      last + "; UPDATE audit_head SET size = " + last + ", root = '" +
      base::to_base64(tree.root()) + "', peaks = '" + tree.peaks_text() + "'");
  EXPECT_THAT(told(), ElementsAre(HasSubstr("last_signed")));
}

TEST_F(VerifyTest, MissesLastSignedWhenItWasTakenAway) {
  std::filesystem::remove(store_.paths().last_signed);
  EXPECT_THAT(told(), ElementsAre(HasSubstr("last_signed is missing")));
}

TEST_F(VerifyTest, DerivedTablesMustBeWhatTheirLastDerivationSaid) {
  run("UPDATE obligation SET due = '2027-01-31'");
  EXPECT_THAT(told(), ElementsAre(HasSubstr("obligation was changed: it is not what " +
                                            entry(kEntries - 1) + " says")));
}

TEST_F(VerifyTest, CheckpointsOfAnotherKeyDoNotCount) {
  AuditedStore other;
  fixtures::SeededEntropy entropy(7);
  const auto key = *SigningKey::create(store_.folder() / "other", fixtures::kOrigin, entropy);
  const auto report = verify(store_.session(), {key.verifier(), {}});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->problems, 2);
  EXPECT_EQ(report->findings[0].args.at("what"), checkpoint(kTables, "note"));
}

TEST_F(VerifyTest, CountsEveryProblemAndListsTheFirst) {
  run("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2600)"
      " INSERT INTO epoch SELECT 'n' || i, i, 3 FROM n");
  const auto report = verified();
  EXPECT_EQ(report.problems, 2600);
  EXPECT_EQ(report.findings.size(), Report::kMaxFindings);
  EXPECT_EQ(report.rows, 2 * kTables + 2600);
}

}  // namespace
}  // namespace zeren::audit
