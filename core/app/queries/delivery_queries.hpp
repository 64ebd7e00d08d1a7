// What became of events that are told outside: subscriptions, what waits, and dead letters.
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/queries/ledger_queries.hpp"

namespace zeren::app {

/// `{items: [{id, url, types, unit, state, reason, created_at, waiting, dead}], next}`: the caller's webhooks,
/// without their secrets. Fails with CursorInvalid.
Query list_webhooks(const access::Principal& principal, const Page& page);

/// `{items: [{consumer, seq, event, type, subject, state, attempts, next_at, reason}], next}`: what could not be
/// told yet, and dead letters; of the caller's webhooks, or of everybody's for the system administrator. An event is
/// named, what it says is not shown. The oldest first. Fails with CursorInvalid.
Query list_letters(const access::Principal& principal, const Page& page);

/// Whether the caller is answerable for what `consumer` is told. Fails as Session::query(). Blocks.
base::Result<bool> may_see_letters(Snapshot& snapshot, const access::Principal& principal,
                                   const std::string& consumer);

}  // namespace zeren::app
