// Checks the whole database against the log, and the log against itself and its signatures: nothing
// is taken on trust but the verifier key. Recomputes every leaf, commitment, root and tracked row;
// a changed byte in any of them is found and named.
#pragma once

#include <filesystem>

#include "audit/report.hpp"
#include "audit/verifier.hpp"
#include "base/error.hpp"
#include "store/session.hpp"

namespace zeren::audit {

struct VerifyOptions {
  Verifier verifier;                  ///< the key that signed the checkpoints
  std::filesystem::path last_signed;  ///< of the publisher; empty on a copy that came without it
};

/// Everything wrong: in the log, then in the tables, the pages of the file, and the schema with its guards. Fails only when the database cannot be read. A
/// log cut off at the end, its checkpoints and head with it, is whole in itself: that is told by
/// `last_signed`, or by comparing the checkpoint with an earlier one. Sees one moment while others
/// write; not to be called inside a transaction. Blocks, and keeps a copy of all tracked rows in
/// memory.
base::Result<Report> verify(store::Session& session, const VerifyOptions& options);

}  // namespace zeren::audit
