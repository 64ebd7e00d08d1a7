// All or nothing, one writer at a time, and errors that say which of it failed.
#include <future>
#include <thread>

#include "contract/store/store_contract.hpp"

namespace zeren::contract {
namespace {

using base::Code;
using store::Access;
using store::Savepoint;
using store::Session;
using store::Transaction;
using store::Value;

class TransactionsContract : public StoreContract {
 protected:
  TransactionsContract() {
    EXPECT_TRUE(session().script(
        "CREATE TABLE box (id BIGINT PRIMARY KEY, word TEXT UNIQUE);"
        "CREATE TABLE label (id BIGINT PRIMARY KEY, box BIGINT NOT NULL REFERENCES box (id));"));
  }

  base::Result<void> put(std::int64_t id, const std::string& word) { return put(session(), id, word); }
  static base::Result<void> put(Session& session, std::int64_t id, const std::string& word) {
    return session.execute("INSERT INTO box VALUES (:1, :2)", std::vector<Value>{id, word});
  }
};

TEST_P(TransactionsContract, WhatIsNotCommittedLeavesNothing) {
  {
    auto transaction = Transaction::begin(session());
    ASSERT_TRUE(put(1, "a"));
  }
  EXPECT_EQ(count("box"), 0);
}

TEST_P(TransactionsContract, WhatIsCommittedIsSeenByOthers) {
  auto reader = another(Access::ReadOnly);
  auto transaction = Transaction::begin(session());
  ASSERT_TRUE(put(1, "a"));
  EXPECT_EQ(text(reader, "SELECT COUNT(*) FROM box"), "0");
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(text(reader, "SELECT COUNT(*) FROM box"), "1");
}

TEST_P(TransactionsContract, AReaderSeesOneStateFromBeginToCommit) {
  auto reader = another(Access::ReadOnly);
  ASSERT_TRUE(reader.execute("BEGIN"));
  EXPECT_EQ(text(reader, "SELECT COUNT(*) FROM box"), "0");
  ASSERT_TRUE(put(1, "a"));
  EXPECT_EQ(text(reader, "SELECT COUNT(*) FROM box"), "0");
  ASSERT_TRUE(reader.execute("COMMIT"));
  EXPECT_EQ(text(reader, "SELECT COUNT(*) FROM box"), "1");
}

TEST_P(TransactionsContract, AReaderCannotWrite) {
  auto reader = another(Access::ReadOnly);
  EXPECT_EQ(refusal(reader, "DELETE FROM box").code, Code::DatabaseFailed);
  EXPECT_EQ(refusal(reader, "CREATE TABLE other (id BIGINT)").code, Code::DatabaseFailed);
}

TEST_P(TransactionsContract, ASavepointUndoesItsPartOnly) {
  auto transaction = Transaction::begin(session());
  ASSERT_TRUE(put(1, "kept"));
  {
    auto savepoint = Savepoint::set(session());
    ASSERT_TRUE(put(2, "undone"));
  }
  {
    auto savepoint = Savepoint::set(session());
    ASSERT_TRUE(put(3, "kept too"));
    ASSERT_TRUE(savepoint->release());
  }
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(text("SELECT SUM(id) FROM box"), "4");
}

TEST_P(TransactionsContract, ASavepointInsideAnotherGoesWithIt) {
  auto transaction = Transaction::begin(session());
  {
    auto outer = Savepoint::set(session());
    ASSERT_TRUE(put(1, "outer"));
    {
      auto inner = Savepoint::set(session());
      ASSERT_TRUE(put(2, "inner"));
      ASSERT_TRUE(inner->release());
    }
  }
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(count("box"), 0);
}

TEST_P(TransactionsContract, AFailureInsideASavepointCostsTheSavepointOnly) {
  auto transaction = Transaction::begin(session());
  ASSERT_TRUE(put(1, "a"));
  for (int attempt = 0; attempt < 3; ++attempt) {
    auto savepoint = Savepoint::set(session());
    EXPECT_EQ(put(2, "a").error().code, Code::UniqueViolated);
  }
  ASSERT_TRUE(put(2, "b"));
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(count("box"), 2);
}

// PostgreSQL answers COMMIT with ROLLBACK then, which is no error to it.
TEST_P(TransactionsContract, ACommitThatSucceedsHasKeptWhatSucceeded) {
  auto transaction = Transaction::begin(session());
  ASSERT_TRUE(put(1, "a"));
  ASSERT_FALSE(put(1, "b"));
  const bool committed = transaction->commit().has_value();
  EXPECT_EQ(committed, !on_postgresql());
  EXPECT_EQ(count("box"), committed ? 1 : 0);
  EXPECT_TRUE(put(2, "the session goes on"));
}

TEST_P(TransactionsContract, ATransactionInsideAnotherIsRefusedAndTheOuterOneStays) {
  auto outer = Transaction::begin(session());
  ASSERT_TRUE(put(1, "a"));
  EXPECT_FALSE(Transaction::begin(session()));
  ASSERT_TRUE(put(2, "b"));
  ASSERT_TRUE(outer->commit());
  EXPECT_EQ(count("box"), 2);
}

TEST_P(TransactionsContract, WritersTakeTurnsAndTheSecondSeesTheFirst) {
  auto other = another();
  auto first = Transaction::begin(session());
  std::promise<void> begins;
  auto seen = std::async(std::launch::async, [&] {
    begins.set_value();
    auto second = Transaction::begin(other);
    const auto count = second ? text(other, "SELECT COUNT(*) FROM box") : "busy";
    const auto put_too = put(other, 2, "b");
    return put_too && second->commit() ? count : "failed";
  });
  begins.get_future().wait();
  ASSERT_TRUE(put(1, "a"));
  ASSERT_TRUE(first->commit());
  EXPECT_EQ(seen.get(), "1");
  EXPECT_EQ(count("box"), 2);
}

TEST_P(TransactionsContract, AWriterThatCannotHaveItsTurnIsBusyAndMayTryAgain) {
  auto other = another();
  make_impatient(other);
  {
    auto first = Transaction::begin(session());
    const auto second = Transaction::begin(other);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Code::DatabaseBusy);
  }
  auto again = Transaction::begin(other);
  ASSERT_TRUE(again);
  ASSERT_TRUE(put(other, 1, "a"));
  EXPECT_TRUE(again->commit());
}

TEST_P(TransactionsContract, AValueThatIsTakenIsUniqueViolatedAndNotShown) {
  ASSERT_TRUE(put(1, "王某某"));
  const auto refused = put(2, "王某某");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::UniqueViolated);
  EXPECT_THAT(refused.error().args.at("reason"), testing::Not(testing::HasSubstr("王某某")));
}

TEST_P(TransactionsContract, AReferenceToNothingIsAWriteWithoutEntry) {
  EXPECT_EQ(refusal("INSERT INTO label VALUES (1, 99)").code, Code::WriteWithoutEntry);
}

TEST_P(TransactionsContract, AMissingValueIsAFailure) {
  EXPECT_EQ(refusal("INSERT INTO label VALUES (1, NULL)").code, Code::DatabaseFailed);
}

TEST_P(TransactionsContract, AScriptFailsAsItsStatementsDo) {
  ASSERT_TRUE(put(1, "a"));
  const auto refused = session().script("INSERT INTO box VALUES (2, 'b'); INSERT INTO box VALUES (1, 'c');");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::UniqueViolated);
}

// Raw transactions, which take nobody's turn.
TEST_P(TransactionsContract, ASessionWhoseGroundMovedIsBusy) {
  if (!on_postgresql()) return;  // on SQLite there is no writing beside another one
  ASSERT_TRUE(put(1, "a"));
  auto other = another();
  ASSERT_TRUE(other.execute("BEGIN ISOLATION LEVEL REPEATABLE READ"));
  EXPECT_EQ(text(other, "SELECT word FROM box WHERE id = 1"), "a");
  ASSERT_TRUE(session().execute("UPDATE box SET word = 'b' WHERE id = 1"));
  EXPECT_EQ(refusal(other, "UPDATE box SET word = 'c' WHERE id = 1").code, Code::DatabaseBusy);
}

ZEREN_ON_BOTH_DATABASES(TransactionsContract);

}  // namespace
}  // namespace zeren::contract
