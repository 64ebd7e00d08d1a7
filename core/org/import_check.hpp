// Whether a drafted import can stand together with what is recorded already.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "org/import_draft.hpp"
#include "org/organisation.hpp"

namespace zeren::org {

/// Appends to `faults`, each at the row that brought it in:
/// - CsvOverlap: at a time, the same relation twice, two superiors of one kind, a person twice on
///   the same post, or two formal principals of one unit;
/// - OrgCycle: units that at some time are their own superiors, per kind, or any unit related to
///   itself.
/// Any thread.
void check_draft(const Organisation& current, const Draft& draft, std::vector<base::Error>& faults);

}  // namespace zeren::org
