// The schema and its history: ordered, hashed, each step in a transaction of its own.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "store/session.hpp"

namespace zeren::store {

/// Brings the database to the newest schema. Two processes may do so at once: each step is taken by one of
/// them. When a step fails, those before it stay and the next call goes on from there. Fails with SchemaNewer
/// when a later program wrote it (nothing is changed then), with SchemaChanged when a step that ran has been
/// edited since, and as Transaction::begin().
base::Result<void> migrate(Session& session);

/// What of the schema is not as migrate() makes it, by name: tables, indexes and triggers that are missing, added
/// or changed, and `migration` when its rows are; on PostgreSQL columns, constraints and functions too, and triggers that
/// were switched off. Empty when all is well. PostgreSQL makes the schema again to compare, in a transaction that is
/// rolled back: the session must write and be in none. Fails as Session::query(). Blocks.
base::Result<std::vector<std::string>> schema_damage(Session& session);

}  // namespace zeren::store
