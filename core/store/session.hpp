// One connection to the database. The only place that knows SOCI: everybody above writes SQL with bound
// values and reads rows of text and integers.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "store/address.hpp"
#include "store/dialect.hpp"
#include "store/value.hpp"

namespace zeren::store {

enum class Access : std::uint8_t { ReadOnly, ReadWrite };

/// Not for use by two threads at once. Statements are prepared once and kept. After any failure inside a
/// transaction only the end of the transaction, or of the savepoint around it, is sure to work: PostgreSQL
/// refuses all else. A session whose connection was lost answers DatabaseUnavailable for good; open a new one.
class Session final {
 public:
  /// Opens a SQLite file (WAL, synchronous FULL, foreign keys on), creating it on ReadWrite, or connects to
  /// PostgreSQL. Fails with DatabaseUnavailable, whose text holds no password. Blocks: a server that does
  /// not answer for ten seconds, unless the address says otherwise.
  static base::Result<Session> open(const Address& address, Access access);
  static base::Result<Session> open(const std::filesystem::path& file, Access access) {
    return open(Address::of_file(file), access);
  }

  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  /// All rows of a SELECT with `:1`, `:2`… bound, each as often as it stands there. SQL is text of ours,
  /// never of a caller: values go through `params` only. Fails with DatabaseFailed (also for a text with a
  /// NUL, which PostgreSQL cannot hold), DatabaseBusy or DatabaseUnavailable.
  base::Result<Rows> query(std::string_view sql, std::span<const Value> params = {});

  /// Hands the rows of a SELECT to `take` one by one, in a Row that the next one overwrites: for tables that would
  /// not fit into memory twice. `take` must not use this session. Fails as query(), or as `take`, which ends it.
  base::Result<void> each(std::string_view sql, std::span<const Value> params,
                          const std::function<base::Result<void>(const Row&)>& take);

  /// The first row or nullopt.
  base::Result<std::optional<Row>> first(std::string_view sql, std::span<const Value> params = {});

  /// Any other statement. Fails with UniqueViolated, WriteWithoutEntry (a tracked table refused the write,
  /// or a reference has no row), DatabaseBusy, DatabaseFull, DatabaseUnavailable or DatabaseFailed.
  base::Result<void> execute(std::string_view sql, std::span<const Value> params = {});

  /// The same statement for one row of values after another; every row has values of the same kinds, NULLs aside.
  /// Fails as execute(), at the first row that does.
  base::Result<void> execute_each(std::string_view sql, std::span<const std::vector<Value>> rows);

  /// Several statements, separated by semicolons, without values: migrations. Fails as execute().
  base::Result<void> script(std::string_view sql);

  Dialect dialect() const;

 private:
  friend class Transaction;
  base::Result<void> begin();
  base::Result<void> commit();

  struct Impl;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Writes alone, from now on: others wait for their turn at begin(). ROLLBACK when it dies uncommitted.
class Transaction final {
 public:
  /// Fails with DatabaseBusy when another one writes for ten seconds, and as Session::execute().
  static base::Result<Transaction> begin(Session& session);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  /// Durable on success. On failure everything is rolled back, also when an earlier statement failed on
  /// PostgreSQL and nobody minded.
  base::Result<void> commit();

 private:
  explicit Transaction(Session& session) : session_(&session) {}
  Session* session_;  // null once ended
};

/// A nested unit inside a transaction: undone unless released.
class Savepoint final {
 public:
  static base::Result<Savepoint> set(Session& session);
  Savepoint(Savepoint&& other) noexcept;
  Savepoint& operator=(Savepoint&&) = delete;
  ~Savepoint();
  base::Result<void> release();

 private:
  explicit Savepoint(Session& session) : session_(&session) {}
  Session* session_;
};

}  // namespace zeren::store
