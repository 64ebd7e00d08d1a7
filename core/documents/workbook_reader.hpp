// XLSX from outside: the cells of one sheet with their addresses, so that whoever judges them can say `B7`.
// Formulas are read as the value that was saved with them; macros, styles and pictures are passed over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace zeren::documents {

struct ReadCell {
  std::uint32_t column = 0;  ///< from 0
  std::string text;  ///< a date as 2026-01-31, with 08:30:00 after it when it has a time; a truth as 1 or 0
  bool operator==(const ReadCell&) const = default;
};

struct ReadRow {
  std::uint32_t number = 0;     ///< from 1
  std::vector<ReadCell> cells;  ///< those that hold something, left to right
  bool operator==(const ReadRow&) const = default;
};

struct ReadSheet {
  std::string name;
  std::vector<ReadRow> rows;  ///< those that hold something, top to bottom
};

struct ReadLimits {
  std::size_t cells = 1'000'000;
  std::uint32_t rows = 200'000;  ///< the highest number of one
  std::uint32_t columns = 1'000;
  std::size_t text = 64U << 20U;  ///< bytes in all cells; a shared text counts as often as it is used
};

/// The first sheet of the workbook. `file` is what errors call it. Fails with SheetInvalid, which names the
/// part and what is wrong with it, or SheetTooLarge; never reads or keeps more than the limits. Any thread.
base::Result<ReadSheet> read_workbook(std::string_view bytes, const std::string& file,
                                      ReadLimits limits = {});

/// `B7` for column 1 of row 7.
std::string cell_address(std::uint32_t column, std::uint32_t row);

}  // namespace zeren::documents
