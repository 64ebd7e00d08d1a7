// What lists and tables answer, as sheets: exactly their rows, in their order, in the reader's language.
#pragma once

#include "base/json.hpp"
#include "base/messages.hpp"
#include "documents/sheet.hpp"

namespace zeren::app {

/// Of what list_obligations() answers.
documents::Sheet ledger_sheet(const base::Json& list, base::Language reader);

/// Of what compute() answers.
documents::Sheet table_sheet(const base::Json& table, base::Language reader);

}  // namespace zeren::app
