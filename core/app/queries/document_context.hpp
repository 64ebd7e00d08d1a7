// What the templates of documents can print (docs/configure/documents.md). Documents are Chinese, whatever
// the language of the screen.
#pragma once

#include "app/record_case.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::app {

/// Whether what the record says now was never sent, or, where nothing is ever sent, is not final yet: a
/// document of it is a draft.
bool is_draft(const records::RecordType& type, const records::Record& record);

/// `{unit, period, type, content, to, document, legs, record, today}` of a record as its reader may see it.
/// Fails as Session::query() and base::local_date(). Blocks.
base::Result<base::Json> context_of_record(Snapshot& snapshot, const RecordCase& open);

/// `{table: {title, columns, rows}, unit, period, today}` of a computed table; `unit` is the name of what it
/// was narrowed to, null when it was not.
base::Json context_of_table(const Snapshot& snapshot, const base::Json& table, const std::string& unit,
                            const std::string& period);

/// The title of a field, as its schema gives it; the name itself for anything that is no field.
std::string title_of_value(const EnabledModule& module, const std::string& type, const std::string& name);

}  // namespace zeren::app
