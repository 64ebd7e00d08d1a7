// One connection to the database. The only place that knows SOCI: everybody above writes SQL with bound
// values and reads rows of text and integers.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "store/value.hpp"

namespace zeren::store {

enum class Access : std::uint8_t { ReadOnly, ReadWrite };

/// Not for use by two threads at once. Statements are prepared once and kept.
class Session final {
 public:
  /// Opens the SQLite file (WAL, synchronous FULL, foreign keys on), creating it on ReadWrite. Fails with
  /// DatabaseUnavailable.
  static base::Result<Session> open(const std::filesystem::path& file, Access access);

  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  /// All rows of a SELECT with `:1`, `:2`… bound in order. SQL is text of ours, never of a caller: values
  /// go through `params` only. Fails with DatabaseFailed, DatabaseBusy.
  base::Result<Rows> query(std::string_view sql, std::span<const Value> params = {});

  /// The first row or nullopt.
  base::Result<std::optional<Row>> first(std::string_view sql, std::span<const Value> params = {});

  /// Any other statement. Fails with UniqueViolated, WriteWithoutEntry (a tracked table refused the
  /// write), DatabaseBusy or DatabaseFailed.
  base::Result<void> execute(std::string_view sql, std::span<const Value> params = {});

  /// Several statements, separated by semicolons, without values: migrations.
  base::Result<void> script(std::string_view sql);

 private:
  struct Impl;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// BEGIN IMMEDIATE now; ROLLBACK when it dies uncommitted.
class Transaction final {
 public:
  static base::Result<Transaction> begin(Session& session);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  /// Durable on success. On failure everything is rolled back.
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
