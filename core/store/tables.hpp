// What kind of table each one is, and how a change set's rows reach it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/error.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::store {

enum class TableKind : std::uint8_t {
  Log,          ///< the audit log itself
  Tracked,      ///< every row names the entry that last wrote it; triggers refuse anything else
  Derived,      ///< a projection that can be rebuilt; checked against the digest of its last run
  Operational,  ///< outbox, idempotency keys: no business meaning of its own
};

struct Table {
  std::string_view name;
  TableKind kind;
  std::string_view key;  ///< primary key columns, comma-separated
  /// Columns, comma-separated, whose values open something: the log commits to their digest only, for its
  /// side values stay and auditors read them.
  std::string_view secrets = {};
};

/// Every table of the schema. A test compares the list with the database.
std::span<const Table> all_tables();

/// The table called `name`, which must exist: names come from our own code.
const Table& table(std::string_view name);

/// Checks `change.reads` against the database; StaleRead names the first row that moved.
base::Result<void> check_reads(Session& session, const ChangeSet& change);

/// Writes the rows; tracked ones get `entry`. Fails as Session::execute().
base::Result<void> write_rows(Session& session, const ChangeSet& change, std::int64_t entry);

/// What the log holds instead of a secret: base64 SHA-256. Secrets here have 128 random bits or an argon2id
/// salt, so that nobody can guess them by it.
std::string secret_digest(std::string_view secret);
bool is_secret(const Table& table, std::string_view column);

/// The tracked rows as the entry commits to them: `[[table, {key}, {values}], …]`, removals excluded,
/// secrets as their digests.
base::Json committed_rows(const ChangeSet& change);

}  // namespace zeren::store
