// The schema and its history: ordered, hashed, each step in a transaction of its own.
#pragma once

#include "base/error.hpp"
#include "store/session.hpp"

namespace zeren::store {

/// Brings the database to the newest schema. Two processes may do so at once: each step is taken by one of
/// them. When a step fails, those before it stay and the next call goes on from there. Fails with SchemaNewer
/// when a later program wrote it (nothing is changed then), with SchemaChanged when a step that ran has been
/// edited since, and as Transaction::begin().
base::Result<void> migrate(Session& session);

}  // namespace zeren::store
