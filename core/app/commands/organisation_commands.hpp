// Changing the organisation.
#pragma once

#include "access/principal.hpp"
#include "app/host.hpp"
#include "app/queries/ledger_queries.hpp"
#include "org/guided_act.hpp"
#include "org/organisation_import.hpp"

namespace zeren::app {

/// Imports CSV files, all or nothing (org::plan_import()). For the system administrator. The answer counts
/// what was added, corrected and unchanged; files that say nothing new leave no entry.
Command import_organisation(const access::Principal& principal, const org::ImportTexts& texts);

/// What import_organisation() would answer now, and the list of what would change (org::preview_import()).
/// For the system administrator; nothing is written, no entry either.
Query preview_import(const access::Principal& principal, const org::ImportTexts& texts);

/// One act and one entry, on the number of the `document` that orders it: appointing, ending an appointment, and
/// merging, splitting or renaming units (org/guided_act.hpp). For the system administrator. The answer is that of the
/// import which the act is. Fails with Forbidden, RequestMalformed without a document, and as org::rows_of() and
/// org::plan_import().
Command appoint(const access::Principal& principal, const org::NewAppointment& wanted);
Command end_appointment(const access::Principal& principal, const org::EndedAppointment& wanted,
                        const std::string& document);
Command succeed_units(const access::Principal& principal, const org::UnitSuccession& wanted,
                      const std::string& document);

/// What succeed_units() would answer now, and the list of what would change, as preview_import(); nothing is written,
/// no entry either.
Query preview_succession(const access::Principal& principal, const org::UnitSuccession& wanted,
                         const std::string& document);

}  // namespace zeren::app
