// What the host reminds people of. One predicate says whose an item is: who holds the post it is for, or a role of
// its module in the unit it is for; never who is recused from the record it is about.
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "app/queries/ledger_queries.hpp"

namespace zeren::app {

/// `{items: [{id, kind, title, module, unit, subject, record, due, at, read}], next}`, the newest first;
/// `unread` ones only when asked for. Fails with CursorInvalid.
Query list_inbox(const access::Principal& principal, bool unread, const Page& page);

/// Notes that the caller has read it; others of the unit have not. No entry: nothing depends on it. Fails with
/// InboxItemUnknown.
Command mark_read(const access::Principal& principal, const std::string& item);

}  // namespace zeren::app
