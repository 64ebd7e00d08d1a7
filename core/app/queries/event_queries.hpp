// What has happened, from the outbox: for those who listen, and for those who watch over the host.
#pragma once

#include <cstdint>
#include <string>

#include "access/principal.hpp"
#include "app/queries/ledger_queries.hpp"

namespace zeren::app {

/// Where a listener begins that names no earlier event: `{last}`.
Query last_event();

/// `{items: [{seq, event}], last}`: what the caller may hear of among the events after `after`; `last` is where
/// to go on from, heard or not. `event` is cloud_event(). Who hears of what, its writer said (store::Audience).
Query events_after(const access::Principal& principal, std::int64_t after);

/// `{outbox_waiting}`: events that the slowest consumer has not heard of.
Query event_backlog();

}  // namespace zeren::app
