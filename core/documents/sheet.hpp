// A table that is handed out: a ledger, a statistical table. Rows of cells under headings of one or more
// levels.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"

namespace zeren::documents {

/// Nothing, a text, a whole number, or a date.
using SheetCell = std::variant<std::monostate, std::string, std::int64_t, base::Date>;

struct SheetColumn {
  std::vector<std::string> headings;  ///< from the top; as many in every column; equal neighbours become one
  int width = 12;                     ///< in Latin characters; longer texts are wrapped
};

struct Sheet {
  std::string title;  ///< also the name of the sheet, as far as a name may hold it
  std::vector<SheetColumn> columns;
  std::vector<std::vector<SheetCell>> rows;  ///< as wide as `columns`
};

inline constexpr std::size_t kMaxSheetRows = 200'000;

/// As XLSX: the title in the first row, then the headings, frozen; dates are dates. Fails with SheetTooLarge,
/// or PackingFailed when the folder for temporary files cannot be written. Blocks; any thread.
base::Result<std::string> xlsx_of(const Sheet& sheet);

/// Whether a spreadsheet would carry out `text`, or what follows its first character: = + - @, their full-width
/// forms, a tab or the end of a line in front (OWASP). Any thread.
bool begins_like_a_formula(std::string_view text);

/// As CSV (RFC 4180) that a spreadsheet opens as it is: UTF-8 with a byte order mark, the lowest headings in
/// the first row. A text that a spreadsheet would take for a formula begins with an apostrophe. Any thread.
std::string csv_of(const Sheet& sheet);

}  // namespace zeren::documents
