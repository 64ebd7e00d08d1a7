// One record, whole, as its readers see it.
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/queries/ledger_queries.hpp"

namespace zeren::app {

/// `{id, version, type, unit, period, state, content, history, rounds, steps, …}`; `steps` are those that
/// lead on from here and that the caller may take, and so are those of each leg. Fails with RecordUnknown for what the caller may not see.
Query show_record(const access::Principal& principal, const std::string& record);

}  // namespace zeren::app
