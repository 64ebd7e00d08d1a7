#include "store/driver.hpp"
// After SOCI's own header.
#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace zeren::store {
namespace {

using base::Code;
using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

struct Meaning {
  std::string_view state;  // how an SQLSTATE begins
  Code code;
};

constexpr std::array kMeanings = {
    Meaning{"08", Code::DatabaseUnavailable},     // connection lost
    Meaning{"57P0", Code::DatabaseUnavailable},   // the server shuts down, crashes, starts
    Meaning{"40001", Code::DatabaseBusy},         // serialization_failure
    Meaning{"40P01", Code::DatabaseBusy},         // deadlock_detected
    Meaning{"55P03", Code::DatabaseBusy},         // lock_timeout ran out
    Meaning{"53100", Code::DatabaseFull},         // disk_full
    Meaning{"58030", Code::DatabaseIoFailed},     // io_error
    Meaning{"23505", Code::UniqueViolated},       // unique_violation
    Meaning{"23503", Code::WriteWithoutEntry},    // foreign_key_violation, also that of COMMIT
    Meaning{"ZR001", Code::WriteWithoutEntry},    // our triggers
};

// Of every database the same, and of nobody else: the one lock of whoever writes.
constexpr auto kTakeWritersLock = "SELECT pg_advisory_xact_lock(525087630702)";

// Writers wait as long as on SQLite. Notices would go to the standard error. Without the last of the path, a
// temporary table could stand in front of audit_entry; what the operator chose for synchronous_commit stays,
// unless acknowledged changes could be lost.
constexpr auto kSettings = R"sql(
SET client_min_messages TO error;
SET lock_timeout TO '10s';
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', false);
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
)sql";

// As on SQLite, a reader sees one state from BEGIN to COMMIT.
constexpr auto kReaderSettings =
    "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

constexpr int kOldestServer = 140000;  // the first with CREATE OR REPLACE TRIGGER
constexpr Oid kBoolean = 16;           // fixed in PostgreSQL's catalogue

PGconn* connection_of(soci::session& session) {
  auto* const backend = static_cast<soci::postgresql_session_backend*>(session.get_backend());
  return backend == nullptr ? nullptr : backend->conn_;
}

// An SQLSTATE has five characters.
[[noreturn]] void refuse(const std::string& reason, const char* state) {
  throw soci::postgresql_soci_error(reason, state);
}

void check(PGconn* connection, const Answer& answer) {
  const auto status = PQresultStatus(answer.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return;
  const char* state = PQresultErrorField(answer.get(), PG_DIAG_SQLSTATE);
  if (state == nullptr) state = PQstatus(connection) == CONNECTION_BAD ? "08000" : "     ";
  refuse(PQerrorMessage(connection), state);
}

Answer run(soci::session& session, const std::string& sql) {
  auto* const connection = connection_of(session);
  Answer answer(PQexec(connection, sql.c_str()), &PQclear);
  check(connection, answer);
  return answer;
}

// `ERROR:  <reason>` and then lines of detail, which quote values. The word is in the server's language.
std::string reason_of(const std::string& message) {
  const auto line = message.substr(0, message.find('\n'));
  const auto severity = line.find(":  ");
  return severity == std::string::npos ? line : line.substr(severity + 3);
}

// What libpq says about each host it tried, in one line and without SOCI's own sentence before it.
std::string connection_reason_of(const std::string& message) {
  std::string reason = message.substr(std::min(message.find('\n') + 1, message.size()));
  while (reason.ends_with('\n')) reason.pop_back();
  std::replace_if(reason.begin(), reason.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return reason;
}

void open_connection(soci::session& session, const std::string& connection) {
  try {
    session.open(soci::postgresql, connection);
  } catch (const soci::soci_error& failure) {
    throw soci::soci_error(connection_reason_of(failure.get_error_message()));
  }
}

Code code_of(std::string_view state) {
  const auto* const found = std::find_if(kMeanings.begin(), kMeanings.end(), [&](const Meaning& m) {
    return state.starts_with(m.state);
  });
  return found == kMeanings.end() ? Code::DatabaseFailed : found->code;
}

void check_server(soci::session& session) {
  auto* const connection = connection_of(session);
  if (PQserverVersion(connection) < kOldestServer) {
    throw soci::soci_error("the server is older than PostgreSQL 14");
  }
  const auto* const encoding = PQparameterStatus(connection, "server_encoding");
  if (encoding == nullptr || std::string_view(encoding) != "UTF8") {
    throw soci::soci_error("the database was not made with the encoding UTF8");
  }
}

class PostgresqlDriver final : public Driver {
 public:
  explicit PostgresqlDriver(Address address) : address_(std::move(address)) {}

  void connect(soci::session& session, Access access) const override {
    open_connection(session, address_.connection());
    check_server(session);
    run(session, kSettings);
    if (access == Access::ReadOnly) run(session, kReaderSettings);
  }

  // SOCI would run the statement to describe it; PostgreSQL tells without.
  std::vector<ColumnKind> columns(soci::statement& statement) const override {
    const auto* const backend =
        static_cast<soci::postgresql_statement_backend*>(statement.get_backend());
    auto* const connection = backend->session_.conn_;
    const Answer described(PQdescribePrepared(connection, backend->statementName_.c_str()), &PQclear);
    check(connection, described);
    std::vector<ColumnKind> columns;
    for (int i = 0; i < PQnfields(described.get()); ++i) {
      const bool boolean = PQftype(described.get(), i) == kBoolean;
      columns.push_back(boolean ? ColumnKind::Boolean : ColumnKind::Text);
    }
    return columns;
  }

  void release(soci::statement& statement) const override {
    static_cast<soci::postgresql_statement_backend*>(statement.get_backend())->result_.reset();
  }

  void script(soci::session& session, const std::string& sql) const override { run(session, sql); }

  void begin(soci::session& session) const override {
    // PostgreSQL only warns, and the inner COMMIT would end the outer transaction.
    if (PQtransactionStatus(connection_of(session)) == PQTRANS_INTRANS) {
      refuse("a transaction is open already", "25001");
    }
    run(session, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
    try {
      run(session, kTakeWritersLock);
    } catch (const soci::soci_error&) {
      PQclear(PQexec(connection_of(session), "ROLLBACK"));
      throw;
    }
  }

  void commit(soci::session& session) const override {
    const auto answer = run(session, "COMMIT");
    // That is no error to PostgreSQL: it answers COMMIT with ROLLBACK after a statement failed.
    if (std::string_view(PQcmdStatus(answer.get())) != "COMMIT") {
      refuse("a statement failed before, so the transaction was rolled back", "25P02");
    }
  }

  tl::unexpected<base::Error> error_of(soci::session& session,
                                       const soci::soci_error& failure) const override {
    const auto* const known = dynamic_cast<const soci::postgresql_soci_error*>(&failure);
    auto code = known == nullptr ? Code::DatabaseFailed : code_of(known->sqlstate());
    if (PQstatus(connection_of(session)) == CONNECTION_BAD) code = Code::DatabaseUnavailable;
    // Not what(): that adds the values which were bound.
    const auto reason = reason_of(failure.get_error_message());
    return base::fail(code, {{"reason", reason}, {"file", address_.shown()}});
  }

 private:
  Address address_;
};

}  // namespace

std::unique_ptr<Driver> postgresql_driver(Address address) {
  return std::make_unique<PostgresqlDriver>(std::move(address));
}

}  // namespace zeren::store
