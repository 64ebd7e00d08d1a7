// The burden meter (负担): what each unit was asked for in a span of time, by whom, and under which
// rule or module. It counts what was asked, never what was uploaded, and is part of no score.
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/page.hpp"
#include "app/queries/ledger_queries.hpp"
#include "base/civil_time.hpp"
#include "base/messages.hpp"
#include "documents/sheet.hpp"

namespace zeren::app {

/// `{from, to, items: [{unit, total, obligations, legs, tasks, records, asked: [{kind, module,
/// name, rule, title, by, count}]}], next}`: obligations that fell due, copies received to sign
/// for, tasks given, and records of its own without an obligation. `by` is the unit that asked:
/// that introduced the module, sent the copy or gave the task; null where nobody did. Of the units
/// where the reader holds a post and those below them; system administrators see all, for there is
/// nothing in it but counts. `unit` narrows it to one code. Fails with CursorInvalid.
Query list_burden(const access::Principal& principal, const std::string& unit,
                  const base::Period& span, const Page& page);

/// A line for each thing asked, of what list_burden() answers.
documents::Sheet sheet_of_burden(const base::Json& burden, base::Language reader);

}  // namespace zeren::app
