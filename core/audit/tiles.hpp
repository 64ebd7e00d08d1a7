// Exports the log in C2SP tlog-tiles layout: `checkpoint`, `tile/<L>/<N>`, `tile/entries/<N>`.
// Whoever holds the folder and the verifier key can check the log without this program.
#pragma once

#include <filesystem>

#include "audit/checkpoint.hpp"
#include "audit/verifier.hpp"
#include "base/error.hpp"
#include "store/session.hpp"

namespace zeren::audit {

/// Exports the log as of the newest signed checkpoint, later entries left out, and answers that
/// checkpoint. The note must be signed by `verifier` and its root be that of the stored hashes,
/// otherwise nothing is written; each leaf must be that of its hash, otherwise the export ends
/// there and leaves the earlier checkpoint standing. Over an earlier export only what is new is
/// written; `checkpoint` is replaced last, so that a reader never sees one whose tiles are not
/// there. `folder` must be absent, empty, or begin with a `checkpoint` of this log: signed by
/// `verifier`, no larger, and of the root that this log has at that size; otherwise ConfigInvalid,
/// and nothing is written. Fails with NoteUnsigned when nothing was signed yet or not by this key,
/// AuditCorrupt, FileUnreadable, FileUnwritable, and as Session::query(). Blocks.
base::Result<Checkpoint> export_tiles(store::Session& session, const Verifier& verifier,
                                      const std::filesystem::path& folder);

}  // namespace zeren::audit
