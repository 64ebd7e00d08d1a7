// Keeps the obligations that records bring about (records/source_obligations.hpp) in step with
// their records, and finds all of them for a derivation.
#pragma once

#include <cstddef>

#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "store/change_set.hpp"

namespace zeren::app {

/// Adds to `change` what becomes of the obligations of the records that it writes, so that they
/// stand from the moment the record does. Fails as Session::query(). Blocks.
base::Result<void> keep_sources(const Snapshot& snapshot, store::ChangeSet& change);

/// How many rows a comparison with the records writes.
struct SourceChanges {
  std::size_t added = 0;
  std::size_t moved = 0;
  std::size_t superseded = 0;
};

/// Adds to a derivation's `change` what differs from what the records say; nothing, unless a module
/// brought a new rule, the organisation changed, or somebody tampered with the table. Modules that
/// stay out keep theirs. Fails as Session::query(). Blocks.
base::Result<SourceChanges> derive_sources(const Snapshot& snapshot, store::ChangeSet& change);

}  // namespace zeren::app
