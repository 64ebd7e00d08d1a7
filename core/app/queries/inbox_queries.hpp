// What the host reminds people of. One predicate says whose an item is: who holds the post it is for, or a role of
// its module in the unit it is for; never who is recused from the record it is about.
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "app/queries/ledger_queries.hpp"

namespace zeren::app {

/// `{items: [{id, kind, title, module, unit, subject, record, due, at, read}]}`, the newest first, at most 200;
/// `unread` ones only when asked for.
Query list_inbox(const access::Principal& principal, bool unread);

/// Notes that the caller has read it; others of the unit have not. No entry: nothing depends on it. Fails with
/// InboxItemUnknown.
Command mark_read(const access::Principal& principal, const std::string& item);

}  // namespace zeren::app
