// One file of an organisation import, checked by itself: which columns it has and what may stand in
// them is a table, so that a new column is one line. What rows mean to each other is
// import_draft's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "org/code_tables.hpp"
#include "org/csv_reader.hpp"

namespace zeren::org {

enum class CellKind : std::uint8_t { Code, Text, Date, Listed };
enum class Need : std::uint8_t { Required, Optional };

struct ImportColumn {
  std::string_view name;
  CellKind kind;
  Need need;
  CodeTable (*table)() = nullptr;  ///< what a Listed cell may say
  std::size_t max = 200;  ///< characters: no unit and no post has a longer name
};

struct ImportShape {
  std::string_view file;
  std::span<const ImportColumn> columns;
};

const ImportShape& units_shape();
const ImportShape& relations_shape();
const ImportShape& persons_shape();
const ImportShape& posts_shape();
const ImportShape& appointments_shape();
const ImportShape& portfolios_shape();

/// All of them, in the order they depend on each other. Any thread, as all of this file.
std::span<const ImportShape> import_shapes();

/// A row whose cells are each right by themselves. Columns are asked for by name and must be of the
/// shape.
class ImportRow final {
 public:
  struct Cell {
    std::string text;  ///< without blanks around it; "" when the column is absent
    int column = 0;    ///< in the file, from 1; 0 when absent
  };

  ImportRow(const ImportShape& shape, int number, std::vector<Cell> cells)
      : shape_(&shape), number_(number), cells_(std::move(cells)) {}

  const std::string& text(std::string_view column) const;

  /// False when the file has no such column: the row then says nothing of it, not even that it is empty.
  bool has(std::string_view column) const { return cells_[index_of(column)].column != 0; }

  /// What the row speaks of, for a reader: its code, or else the codes it joins (`p-1 city-principal`).
  std::string name() const;

  /// `valid_from`, `valid_to`; an empty end is kForever.
  base::Period valid() const;

  int number() const { return number_; }
  std::string_view file() const { return shape_->file; }
  base::Where where(std::string_view column) const;

 private:
  std::size_t index_of(std::string_view column) const;

  const ImportShape* shape_;
  int number_;
  std::vector<Cell> cells_;  // in the order of the shape's columns
};

struct ImportFile {
  std::vector<ImportRow> rows;
  std::set<std::string, std::less<>> codes;  ///< of all rows, those at fault included
  bool complete = true;                      ///< false when there may be more codes, unread
  bool whole = true;                         ///< false when a row is missing from `rows`
};

/// Reads `text` as `shape` and appends what is wrong to `faults`; rows at fault are left out.
ImportFile read_import_file(const ImportShape& shape, std::string_view text,
                            std::vector<base::Error>& faults);

/// The same of a table that was read already, from CSV or a workbook.
ImportFile read_import_table(const ImportShape& shape, CsvTable table, std::vector<base::Error>& faults);

}  // namespace zeren::org
