// The links of a record as its reader sees them: of the records at the other ends only those the reader may see.
#pragma once

#include "app/record_case.hpp"
#include "app/queries/ledger_queries.hpp"

namespace zeren::app {

/// `{out, in, used_in}`: the links the record says and those that others say of it, each `{id, kind, title, state,
/// record: {id, type, unit, state, …}, verbs}`, and in how many records that the reader sees it is used. Fails as
/// Session::query(). Blocks.
base::Result<base::Json> links_json(const Snapshot& snapshot, const access::Principal& principal,
                                    const RecordCase& open);

/// The same, by itself: `{version, out, in, used_in}`. Fails with RecordUnknown and RecordRecused.
Query list_links(const access::Principal& principal, const std::string& record);

/// `{catalogues: [{name, items: [{code, title, local}]}]}` of the module, as they are for the unit (code) today.
/// Fails with ModuleNotEnabled and UnitUnknown.
Query list_catalogues(const std::string& module, const std::string& unit);

/// `{name, items}` of one. Fails likewise, and with CatalogueUnknown.
Query show_catalogue(const std::string& module, const std::string& catalogue, const std::string& unit);

}  // namespace zeren::app
