// Who the caller is, which units and modules there are.
#pragma once

#include <filesystem>
#include <string>

#include "access/principal.hpp"
#include "app/queries/ledger_queries.hpp"
#include "modules/package_store.hpp"

namespace zeren::app {

/// `{account, administers, person, second_factor, roles: [{module, role, unit, mode, post}]}`.
Query show_caller(const access::Principal& principal);

/// `{items: [{name, administers, person}], next}`: all accounts by name, for the security administrator. Fails with
/// CursorInvalid, as all lists here.
Query list_accounts(const access::Principal& principal, const Page& page);

/// `{items: [{code, name, short_name, level, kind}], next}`: units that stand today, by code, for any principal.
Query list_units(const Page& page);

/// `{items: [{id, name, version, state, state_title, …}], next}`, by id: the packages in the folder `packages`, and all modules
/// that are enabled. State is `available`, `enabled`, `stalled` (a call outlasted its budget), `refused` or
/// `quarantined`, these two with `reason` and `causes`. For the system administrator, like the next two.
Query list_modules(const access::Principal& principal, const std::filesystem::path& packages,
                   const Page& page);

/// One of them, with what it `requires` and which package of it is `approved`. Fails with ModuleUnknown.
Query show_module(const access::Principal& principal, const std::string& module,
                  const std::filesystem::path& packages);

/// Hashes every file of the approved package again: `{module, version, digest, folder}`. Fails with
/// ModuleNotEnabled, and as PackageStore::find(), which names the file that differs.
Query verify_module(const access::Principal& principal, const std::string& module,
                    const modules::PackageStore& store);

}  // namespace zeren::app
