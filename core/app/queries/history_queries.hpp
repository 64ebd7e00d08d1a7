// History that was taken over: as lines of the ledger, and import by import for those who answer for it.
#pragma once

#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/queries/ledger_queries.hpp"
#include "app/reach.hpp"
#include "records/earlier_ledger.hpp"

namespace zeren::app {

/// A line of the ledger that nobody owes any more.
struct HistoryLine {
  records::HistoryRow row;
  const EnabledModule* module = nullptr;
};

/// What of the history `filter` asks for and the principal sees: what it owed as a person itself, and whatever it would
/// see as an obligation of the unit, or of one of those that stand for it today. Nothing when a light is asked for, for
/// history has none. Fails as records::load_history(). Blocks.
base::Result<std::vector<HistoryLine>> history_for(const Snapshot& snapshot, const Reach& reach,
                                                   const ObligationFilter& filter);

/// The line with the members of an obligation, and with `history`: what was done. It has no light.
base::Json history_line_json(const Snapshot& snapshot, const HistoryLine& line);

/// What the duty is called: by its rule, or as it was called then.
base::Json title_of(const EnabledModule& module, const records::HistoryRow& row);

/// The import `id`, whoever asks. Fails with HistoryUnknown. Blocks.
base::Result<records::HistoryImport> find_import(const Snapshot& snapshot, const std::string& id);

/// The import `id`, for the system and the audit administrator and whoever made it. Fails with HistoryUnknown. Blocks.
base::Result<records::HistoryImport> import_for(const Snapshot& snapshot, const access::Principal& principal,
                                                const std::string& id);

/// A page of `{items: [{id, module, file, digest, rows, by, at}], next}`, the newest first: the imports that the
/// principal may know, see import_for().
Query list_history_imports(const access::Principal& principal, const Page& page);

/// A page of `{items, next}`: the rows of an import in the order of its file, with those that were struck out, by whom
/// and why; of whoever is no administrator, those whose lines the ledger shows. Fails as import_for().
Query list_rows_of_import(const access::Principal& principal, const std::string& import, const Page& page);

}  // namespace zeren::app
