// Who may come in, and what was granted to whom.
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/queries/ledger_queries.hpp"

namespace zeren::app {

/// `{items: [session], tokens: [token], next}`: the caller's open sessions, newest first, and apart from them the tokens
/// of its account. Fails with CursorInvalid.
Query list_own_sessions(const access::Principal& principal, const Page& page);

/// `{items: [{id, name, read_only, routes, created_at, expires_at}], next}`: the tokens of `account` in force, for the
/// account itself and the security administrator. Fails with Forbidden, AccountUnknown or CursorInvalid.
Query list_tokens(const access::Principal& principal, const std::string& account, const Page& page);

/// `{items: [grant], next}`: all that were not revoked, for the security administrator and the audit administrator; the
/// newest first. Fails with Forbidden or CursorInvalid.
Query list_grants(const access::Principal& principal, const Page& page);

}  // namespace zeren::app
