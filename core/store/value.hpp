// What goes into and comes out of a database, alike on SQLite and PostgreSQL.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::store {

/// NULL, an integer or a text. Decimals are texts with a declared scale, digests are base64, booleans 0
/// and 1: both databases then give back exactly what was written.
using Value = std::variant<std::monostate, std::int64_t, std::string>;

/// Named values in the order they are written.
using Columns = std::vector<std::pair<std::string, Value>>;

/// One row of a result, read by position.
class Row final {
 public:
  explicit Row(std::vector<std::optional<std::string>> cells) : cells_(std::move(cells)) {}

  bool is_null(std::size_t column) const { return !cells_.at(column).has_value(); }
  /// The text, or "" for NULL.
  const std::string& text(std::size_t column) const;
  std::optional<std::string> optional_text(std::size_t column) const { return cells_.at(column); }
  /// The integer, or 0 for NULL. The column must hold integers: anything else is our own bug.
  std::int64_t integer(std::size_t column) const;
  std::optional<std::int64_t> optional_integer(std::size_t column) const;
  std::size_t size() const { return cells_.size(); }

 private:
  friend class Prepared;  // fills the same row again and again
  std::vector<std::optional<std::string>> cells_;
};

using Rows = std::vector<Row>;

/// The JSON form used where a row is committed to the log: null, number or string.
base::Json to_json(const Value& value);
/// Appends a row as an RFC 8785 array, as digests of tables want it: NULLs at its end left out. Fails as
/// base::canonical().
base::Result<void> append_canonical(std::span<const Value> row, std::string& out);
Value to_value(const base::Json& json);

}  // namespace zeren::store
