// Connections that are lost or never made. What only a server can do has tests of its own.
#include <future>

#include "base/messages.hpp"
#include "contract/store/postgres_server.hpp"
#include "contract/store/store_contract.hpp"

namespace zeren::contract {
namespace {

using base::Code;
using store::Access;
using store::Address;
using store::Session;
using store::Transaction;
using testing::HasSubstr;
using testing::Not;

class LostConnection : public testing::Test {
 protected:
  Session open() const { return database_.open(); }

  static std::string cell(Session& session, const std::string& sql) {
    const auto row = session.first(sql);
    return row && *row ? (*row)->text(0) : "";
  }

  // Ends the connection of `backend` as soon as it is inside the statement that waits for lock 1.
  static void cut_while_waiting(Session& operator_session, const std::string& backend) {
    const auto waits = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND pid = " + backend;
    while (cell(operator_session, waits) == "0") {
    }
    EXPECT_EQ(cell(operator_session, "SELECT pg_terminate_backend(" + backend + ")"), "1");
  }

  static void expect_unavailable(const base::Error& error) {
    EXPECT_EQ(error.code, Code::DatabaseUnavailable);
    EXPECT_THAT(base::text_of(error), HasSubstr("postgresql://zeren@"));
    EXPECT_THAT(base::text_of(error), Not(HasSubstr("s3cret")));
  }

  FreshDatabase database_{store::Dialect::Postgresql};
};

TEST_F(LostConnection, AQueryCutInTheMiddleIsUnavailableAndANewSessionWorks) {
  auto lost = open();
  auto operators = open();
  ASSERT_TRUE(operators.execute("SELECT pg_advisory_lock(1)"));
  const auto backend = cell(lost, "SELECT pg_backend_pid()");
  auto query = std::async(std::launch::async, [&] { return lost.query("SELECT pg_advisory_lock(1)"); });
  cut_while_waiting(operators, backend);
  const auto answer = query.get();
  ASSERT_FALSE(answer);
  expect_unavailable(answer.error());
  expect_unavailable(lost.execute("SELECT 1").error());
  expect_unavailable(lost.script("SELECT 1").error());
  expect_unavailable(Transaction::begin(lost).error());
  auto fresh = open();
  EXPECT_EQ(cell(fresh, "SELECT 1"), "1");
}

TEST_F(LostConnection, WhatWasNotCommittedIsGoneAndTheNextWriterHasItsTurn) {
  auto operators = open();
  ASSERT_TRUE(operators.script("CREATE TABLE box (id BIGINT)"));
  {
    auto lost = open();
    auto transaction = Transaction::begin(lost);
    ASSERT_TRUE(lost.execute("INSERT INTO box VALUES (1)"));
    EXPECT_EQ(cell(operators, "SELECT pg_terminate_backend(" + cell(lost, "SELECT pg_backend_pid()") + ", 60000)"),
              "1");
    const auto committed = transaction->commit();
    ASSERT_FALSE(committed);
    expect_unavailable(committed.error());
  }
  auto next = Transaction::begin(operators);
  ASSERT_TRUE(next);
  EXPECT_EQ(cell(operators, "SELECT COUNT(*) FROM box"), "0");
}

TEST_F(LostConnection, AWrongPasswordIsNotRepeated) {
  auto address = postgres_address("postgres");
  address.replace(address.find("s3cret"), 6, "s3cretX");
  const auto opened = Session::open(*Address::parse(address), Access::ReadOnly);
  ASSERT_FALSE(opened);
  expect_unavailable(opened.error());
  EXPECT_THAT(base::text_of(opened.error()), HasSubstr("password authentication failed"));
}

TEST_F(LostConnection, ADatabaseThatIsNotThereIsNamed) {
  const auto opened = Session::open(*Address::parse(postgres_address("nowhere")), Access::ReadWrite);
  ASSERT_FALSE(opened);
  expect_unavailable(opened.error());
  EXPECT_THAT(base::text_of(opened.error()), HasSubstr("\"nowhere\" does not exist"));
}

TEST_F(LostConnection, AServerThatIsNotThereIsNamed) {
  const auto opened = Session::open(
      *Address::parse("postgresql://zeren:s3cret@/zeren?host=/nowhere/at/all"), Access::ReadWrite);
  ASSERT_FALSE(opened);
  expect_unavailable(opened.error());
}

TEST_F(LostConnection, ADatabaseOfAnotherEncodingIsRefused) {
  auto operators = open();
  ASSERT_TRUE(operators.script("CREATE DATABASE latin TEMPLATE template0 ENCODING 'SQL_ASCII'"
                               " LOCALE_PROVIDER libc LOCALE 'C'"));
  const auto opened = Session::open(*Address::parse(postgres_address("latin")), Access::ReadWrite);
  ASSERT_FALSE(opened);
  EXPECT_THAT(base::text_of(opened.error()), HasSubstr("UTF8"));
  ASSERT_TRUE(operators.script("DROP DATABASE latin WITH (FORCE)"));
}

TEST_F(LostConnection, AServerThatWouldLoseAcknowledgedChangesIsToldNotTo) {
  auto operators = open();
  ASSERT_TRUE(operators.script("ALTER ROLE zeren SET synchronous_commit TO off"));
  auto session = open();
  EXPECT_EQ(cell(session, "SHOW synchronous_commit"), "on");
  ASSERT_TRUE(operators.script("ALTER ROLE zeren RESET synchronous_commit"));
}

class BrokenFile : public testing::Test {};

TEST_F(BrokenFile, AFileThatIsNoDatabaseIsNamed) {
  const fixtures::TempFolder folder;
  const auto opened = Session::open(folder / "no/such/folder/zeren.db", Access::ReadWrite);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::DatabaseUnavailable);
  EXPECT_THAT(base::text_of(opened.error()), HasSubstr("no/such/folder/zeren.db"));
}

}  // namespace
}  // namespace zeren::contract
