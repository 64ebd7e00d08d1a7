// Changing the organisation.
#pragma once

#include "access/principal.hpp"
#include "app/host.hpp"
#include "app/queries/ledger_queries.hpp"
#include "org/organisation_import.hpp"

namespace zeren::app {

/// Imports CSV files, all or nothing (org::plan_import()). For the system administrator. The answer counts
/// what was added, corrected and unchanged; files that say nothing new leave no entry.
Command import_organisation(const access::Principal& principal, const org::ImportTexts& texts);

/// What import_organisation() would answer now, and the list of what would change (org::preview_import()).
/// For the system administrator; nothing is written, no entry either.
Query preview_import(const access::Principal& principal, const org::ImportTexts& texts);

}  // namespace zeren::app
