// Ledgers (台账) as modules declare them: tables of records or obligations, exactly what the reader
// may see, in one order on screen and on paper.
#pragma once

#include <string>

#include "app/page.hpp"
#include "app/queries/ledger_queries.hpp"
#include "app/queries/row_set.hpp"
#include "base/messages.hpp"
#include "documents/sheet.hpp"

namespace zeren::app {

/// `{items: [{module, name, title}], next}` of all modules in force, or of one; empty: all. Fails
/// with CursorInvalid.
Query list_ledgers(const std::string& module, const Page& page);

/// `{title, columns: [{title, group}], items: [{id, record, cells}], next}`: a cell is a text, a
/// number, a boolean, a list of texts, a text in both languages, or null. Fails with
/// ModuleNotEnabled, LedgerUnknown or CursorInvalid.
Query show_ledger(const access::Principal& principal, const std::string& module,
                  const std::string& name, const RowScope& scope, const Page& page);

/// Of what show_ledger() answers: two levels of headings where its columns are grouped.
documents::Sheet sheet_of_ledger(const base::Json& ledger, base::Language reader);

/// A value as a cell of a sheet: dates as dates, lists joined, a text in both languages in the
/// reader's.
documents::SheetCell cell_of_value(const base::Json& value, base::Language reader);

}  // namespace zeren::app
