// Change sets reach both databases alike.
#include "contract/store/store_contract.hpp"

namespace zeren::contract {
namespace {

using base::Code;
using store::ChangeSet;
using store::RowWrite;
using store::Transaction;
using store::Value;

RowWrite epoch(RowWrite::Kind kind, std::int64_t version) {
  return {kind, "epoch", {{"name", "org"}}, {{"version", version}}};
}

RowWrite layer(RowWrite::Kind kind, const std::string& value, std::int64_t version) {
  return {kind, "rule_layer",
          {{"unit", "青岚"}, {"module", "dual_reports"}, {"parameter", "due"}, {"valid_from", "2026-01-01"}},
          {{"value", value}, {"basis", "第十一条"}, {"version", version}}};
}

RowWrite cursor(RowWrite::Kind kind, std::int64_t seq) {
  return {kind, "outbox_cursor", {{"consumer", "m"}}, {{"seq", seq}}};
}

class ChangeSetsContract : public MigratedContract {
 protected:
  void commit_rows(std::vector<RowWrite> rows) { commit({{}, std::move(rows), {}, {}, {}}); }
};

TEST_P(ChangeSetsContract, RowsAreWrittenUnderTheirEntry) {
  commit_rows({epoch(RowWrite::Kind::Insert, 1), layer(RowWrite::Kind::Insert, "\"01-31\"", 1)});
  commit_rows({layer(RowWrite::Kind::Update, "\"01-15\"", 2)});
  EXPECT_EQ(text("SELECT value FROM rule_layer WHERE unit = '青岚'"), "\"01-15\"");
  EXPECT_EQ(text("SELECT entry FROM rule_layer"), "1");
  EXPECT_EQ(text("SELECT entry FROM epoch"), "0");
}

TEST_P(ChangeSetsContract, OperationalRowsComeAndGo) {
  commit_rows({cursor(RowWrite::Kind::Insert, 1)});
  commit_rows({cursor(RowWrite::Kind::Update, 5)});
  EXPECT_EQ(text("SELECT seq FROM outbox_cursor"), "5");
  commit_rows({{RowWrite::Kind::Remove, "outbox_cursor", {{"consumer", "m"}}, {}}});
  EXPECT_EQ(count("outbox_cursor"), 0);
}

TEST_P(ChangeSetsContract, AReadThatMovedIsStale) {
  const ChangeSet expects_absent{{}, {}, {{"epoch", {{"name", "org"}}, 0}}, {}, {}};
  EXPECT_TRUE(check_reads(session(), expects_absent));
  commit_rows({epoch(RowWrite::Kind::Insert, 1)});
  const auto stale = check_reads(session(), expects_absent);
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, Code::StaleRead);
  EXPECT_EQ(stale.error().args.at("table"), "epoch");
  EXPECT_TRUE(check_reads(session(), {{}, {}, {{"epoch", {{"name", "org"}}, 1}}, {}, {}}));
}

// The whole way of two writers who planned on the same ground.
TEST_P(ChangeSetsContract, OfTwoPlansOnTheSameGroundTheSecondIsStale) {
  commit_rows({epoch(RowWrite::Kind::Insert, 1)});
  const ChangeSet plan{{}, {epoch(RowWrite::Kind::Update, 2)}, {{"epoch", {{"name", "org"}}, 1}}, {}, {}};
  auto other = another();
  commit(plan);
  auto transaction = Transaction::begin(other);
  EXPECT_EQ(check_reads(other, plan).error().code, Code::StaleRead);
}

TEST_P(ChangeSetsContract, AFailedChangeInAGroupLeavesTheOthers) {
  auto transaction = Transaction::begin(session());
  const auto entry = open_entry();
  ASSERT_TRUE(write_rows(session(), {{}, {epoch(RowWrite::Kind::Insert, 1)}, {}, {}, {}}, entry));
  {
    auto savepoint = store::Savepoint::set(session());
    const auto twice = write_rows(session(), {{}, {cursor(RowWrite::Kind::Insert, 1),
                                                   epoch(RowWrite::Kind::Insert, 1)}, {}, {}, {}}, entry);
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code, Code::UniqueViolated);
  }
  ASSERT_TRUE(write_rows(session(), {{}, {layer(RowWrite::Kind::Insert, "1", 1)}, {}, {}, {}}, entry));
  seal(entry);
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(count("epoch") + count("rule_layer"), 2);
  EXPECT_EQ(count("outbox_cursor"), 0);
}

TEST_P(ChangeSetsContract, EventsAreNumberedInTheOrderTheyWereWritten) {
  for (const auto* id : {"a", "b", "c"}) {
    ASSERT_TRUE(session().execute(
        "INSERT INTO outbox (id, type, subject, at, data, entry) VALUES (:1, :2, :3, :4, :5, :6)",
        std::vector<Value>{id, "t", "s", std::int64_t{0}, "{}", std::int64_t{0}}));
  }
  const auto rows = session().query("SELECT seq, id FROM outbox WHERE seq > :1 ORDER BY seq LIMIT :2",
                                    std::vector<Value>{std::int64_t{1}, std::int64_t{5}});
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ(rows->front().text(1), "b");
}

TEST_P(ChangeSetsContract, AnEntryCommitsToTheSameBytesOnBoth) {
  const ChangeSet change{
      {}, {epoch(RowWrite::Kind::Update, 2), cursor(RowWrite::Kind::Insert, 1)}, {}, {}, {}};
  EXPECT_EQ(committed_rows(change).dump(), R"([["epoch",{"name":"org"},{"version":2}]])");
}

ZEREN_ON_BOTH_DATABASES(ChangeSetsContract);

}  // namespace
}  // namespace zeren::contract
