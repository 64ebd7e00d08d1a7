// Whether a drafted import can stand together with what is recorded already.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "org/import_draft.hpp"
#include "org/organisation.hpp"

namespace zeren::org {

/// Appends to `faults`, each at the row that brought it in:
/// - CsvOverlap: at a time, the same relation twice, two superiors of one kind, a second
///   successor of a unit that was renamed, a person twice on the same post, two formal holders of a
///   class that has one in a unit (has_single_holder()), or a unit twice in the portfolio of an
///   appointment;
/// - CsvValueInvalid: an appointment that begins or ends beyond the time its unit stands, a portfolio
///   that reaches beyond its appointment; an open end reaches nowhere;
/// - OrgCycle: units that at some time are their own superiors, per kind, or their own successors,
///   or any unit related to itself.
/// Any thread.
void check_draft(const Organisation& current, const Draft& draft, std::vector<base::Error>& faults);

}  // namespace zeren::org
