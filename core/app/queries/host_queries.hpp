// Who the caller is, which units and modules there are.
#pragma once

#include <filesystem>

#include "access/principal.hpp"
#include "app/queries/ledger_queries.hpp"

namespace zeren::app {

/// `{account, administers, person, second_factor, roles: [{module, role, unit, mode, post}]}`.
Query show_caller(const access::Principal& principal);

/// `{items: [{id, created_at, expires_at, current}]}`: the caller's open sessions, newest first.
Query list_own_sessions(const access::Principal& principal);

/// `{items: [{code, name, short_name, level, kind}]}`: units that stand today, for any principal.
Query list_units();

/// `{items: [{id, name, version, state}]}`: packages present and whether they are enabled. For the system
/// administrator.
Query list_modules(const access::Principal& principal, const std::filesystem::path& packages);

}  // namespace zeren::app
