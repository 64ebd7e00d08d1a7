// The files of a record, as its readers see them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/queries/ledger_queries.hpp"
#include "app/record_case.hpp"

namespace zeren::app {

/// A page of `{version, items: [{id, name, size, digest, classification, at, removed_at, reason, readable, …}], next}`:
/// to the owner's side all there ever were, to a recipient what it was sent. Fails with RecordUnknown and
/// RecordRecused, and as cut_page().
Query list_attachments(const access::Principal& principal, const std::string& record, const Page& page);

/// Whether the actor may have the bytes: part of a version that it sees, and standing or sent.
bool is_readable(const RecordCase& open, const records::Attachment& attachment);

/// Those of one content version, for what shows that version.
base::Json attachments_json(const std::vector<records::Attachment>& attachments,
                            std::int64_t content_version);

}  // namespace zeren::app
