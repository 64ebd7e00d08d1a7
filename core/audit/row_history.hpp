// What the tracked tables should hold: the writes that entries committed to, folded one over the
// other, and the comparison with what the tables do hold. Keeps one copy of every tracked row in
// memory.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "audit/report.hpp"
#include "audit/table_reader.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "store/session.hpp"

namespace zeren::audit {

class RowHistory final {
 public:
  /// For the tracked tables of store::all_tables(). Fails as Session::query().
  static base::Result<RowHistory> create(store::Session& session);

  /// Folds in what `entry` committed to, in the form of store::committed_rows(). Entries come in
  /// order. False when `rows` is not of that form; what came before the fault is folded in all the
  /// same.
  bool apply(std::int64_t entry, const base::Json& rows);

  /// Compares every column of every tracked row, counts rows, reports what differs. Once, at the
  /// end. Fails as Session::query().
  base::Result<void> compare(store::Session& session, Report& report);

 private:
  using Cell = std::optional<std::string>;
  struct Expected {
    std::int64_t entry = 0;  // the last that wrote the row
    std::vector<Cell> cells;
    bool seen = false;
  };
  struct Shape {
    const store::Table* table;
    std::vector<Column> columns;
    std::vector<std::size_t> key;  // positions in columns
    std::size_t entry;             // likewise
    std::unordered_map<std::string, Expected> rows;
  };

  bool apply_write(std::int64_t entry, const base::Json& write);
  static std::optional<std::string> key_text(const Shape& shape, const std::vector<Cell>& cells);
  static std::string place_of(const Shape& shape, const std::vector<Cell>& cells);
  static bool assign(const Shape& shape, const base::Json& values, std::vector<Cell>& cells);
  static void report_unseen(const Shape& shape, Report& report);
  static void compare_row(Shape& shape, const store::Row& row, Report& report);

  std::map<std::string, Shape, std::less<>> shapes_;
};

}  // namespace zeren::audit
