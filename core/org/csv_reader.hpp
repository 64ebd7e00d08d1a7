// Reads CSV (RFC 4180; UTF-8 with or without byte order mark, or GB18030 as spreadsheets write it)
// into rows of texts that know their place. What the columns mean is for others.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace zeren::org {

struct CsvRow {
  /// As a spreadsheet counts: the header is 1, a blank row counts, a break within quotes does not.
  int number = 0;
  std::vector<std::string> cells;  ///< one per column of the table
};

struct CsvTable {
  std::string file;
  std::vector<std::string> columns;  ///< the first row; empty when the text is
  std::vector<CsvRow> rows;          ///< without blank rows and the rows at fault
  std::vector<base::Error> faults;  ///< located: CsvCellCount, TextNotUtf8, CsvDuplicateColumn

  /// The place of a cell, for an error. `column` counts from 0.
  base::Where where(int row, std::size_t column) const;
};

/// `text` in UTF-8 without byte order mark, read as GB18030 when it is that; what is neither stays
/// as it is. For texts that must travel in a request. Any thread.
std::string utf8_of(std::string_view text);

/// Fails with TextNotUtf8 for UTF-16, and with CsvSyntax at the row and column of the quotation mark that is wrong; nothing after it
/// can be trusted then. All other faults leave out their row only. Any thread.
base::Result<CsvTable> read_csv(std::string_view text, std::string file);

}  // namespace zeren::org
