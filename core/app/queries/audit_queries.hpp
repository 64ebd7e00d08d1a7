// The log as the audit administrator reads it: entries, each with the proof that it is in the tree that was signed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "access/principal.hpp"
#include "app/queries/ledger_queries.hpp"
#include "base/civil_time.hpp"

namespace zeren::app {

/// Narrows the list; an empty text does not.
struct EntryFilter {
  std::string action;   ///< `record.submit`
  std::string outcome;  ///< ok, refused
  std::string unit;     ///< code
  std::string account;  ///< name, or `system:…`
  std::string object;   ///< id
  std::optional<base::Date> from;
  std::optional<base::Date> to;  ///< the last day
};

/// `{items: [{index, id, at, action, outcome, account, unit, objects}], next}`, newest first. For the audit administrator, like all
/// of this file. What an entry only commits to is not shown: it may be what the administrator must not see. Fails
/// with Forbidden, UnitUnknown or CursorInvalid.
Query list_entries(const access::Principal& principal, const EntryFilter& filter, const Page& page);

/// `{index, leaf, leaf_hash, entry, inclusion: {size, root, proof} | null}`: `leaf` is the text that is hashed, `proof`
/// leads from its hash to the root of the newest checkpoint; null until a checkpoint covers it. Takes as long as the
/// log is. Fails with Forbidden, EntryUnknown or AuditCorrupt.
Query show_entry(const access::Principal& principal, std::int64_t index);

/// `{size, root, note}`: the newest signed checkpoint; all null before the first. Fails with Forbidden.
Query show_checkpoint(const access::Principal& principal);

}  // namespace zeren::app
