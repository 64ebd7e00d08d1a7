// One record, whole, as its readers see it.
#pragma once

#include <cstdint>
#include <string>

#include "access/principal.hpp"
#include "app/queries/ledger_queries.hpp"

namespace zeren::app {

/// `{id, version, type, unit, period, state, content, history, rounds, steps, tasks, links, …}`; `steps` are those that
/// lead on from here and that the caller may take, and so are those of each leg and task. Fails with RecordUnknown
/// for what the caller may not see, and RecordRecused.
Query show_record(const access::Principal& principal, const std::string& record);

/// `{version, items: [{content_version, at}]}`: what the content was, oldest first; a recipient sees what it was
/// sent. With `next`. Fails as show_record(), and with CursorInvalid.
Query list_versions(const access::Principal& principal, const std::string& record, const Page& page);

/// `{version, content_version, at, schema_version, content}`, as written: not read as of a later schema version. Fails as show_record(), and with RecordUnknown for a version that the
/// caller may not see.
Query show_version(const access::Principal& principal, const std::string& record,
                   std::int64_t content_version);

/// `{items: [{id, kind, record, demand, due, verbs, …}], next}`: the open tasks of the caller's posts, by due date,
/// those without one last. Says in `left_out` which modules are not in force. Fails with CursorInvalid.
Query list_tasks(const access::Principal& principal, const Page& page);

}  // namespace zeren::app
