// The schema and its history: ordered, hashed, each step in one transaction.
#pragma once

#include "base/error.hpp"
#include "store/session.hpp"

namespace zeren::store {

/// Brings the database to the newest schema. Fails with SchemaNewer when a later program wrote it (nothing
/// is changed then) and SchemaChanged when a step that ran has been edited since.
base::Result<void> migrate(Session& session);

}  // namespace zeren::store
