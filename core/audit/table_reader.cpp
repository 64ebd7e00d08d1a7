#include "audit/table_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

namespace zeren::audit {
namespace {

using base::Result;
using store::Value;

constexpr std::size_t kRowsAtOnce = 1000;

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

std::vector<std::string> names_of(const std::vector<Column>& columns) {
  std::vector<std::string> names;
  names.reserve(columns.size());
  for (const auto& column : columns) names.push_back(column.name);
  return names;
}

// `(k1, k2) > (:1, :2)`: the rows after the last one of the page before.
std::string after(const std::vector<std::string>& key) {
  std::string places;
  for (std::size_t i = 1; i <= key.size(); ++i) {
    places.append(i == 1 ? ":" : ", :").append(std::to_string(i));
  }
  return " WHERE (" + joined(key) + ") > (" + places + ")";
}

}  // namespace

Result<std::vector<Column>> columns_of(store::Session& session, std::string_view table) {
  const auto rows = session.query("SELECT name, type FROM pragma_table_info(:1) ORDER BY cid",
                                  std::array<Value, 1>{std::string(table)});
  if (!rows) return base::pass(rows);
  std::vector<Column> columns;
  for (const auto& row : *rows) {
    columns.push_back({row.text(0), row.text(1) == "INTEGER" || row.text(1) == "BIGINT"});
  }
  return columns;
}

std::size_t position_of(const std::vector<Column>& columns, std::string_view name) {
  const auto at = std::ranges::find(columns, name, &Column::name);
  return static_cast<std::size_t>(at - columns.begin());
}

Value value_of(const Column& column, const std::optional<std::string>& cell) {
  if (!cell) return std::monostate{};
  std::int64_t number = 0;
  const auto* const end = cell->data() + cell->size();
  const auto [at, failure] = std::from_chars(cell->data(), end, number);
  if (column.integer && failure == std::errc{} && at == end) return number;
  return *cell;
}

std::vector<std::string> key_of(const store::Table& table) {
  std::vector<std::string> names;
  std::istringstream list{std::string(table.key)};
  for (std::string name; std::getline(list, name, ',');) names.push_back(name);
  return names;
}

Result<void> each_row(store::Session& session, const store::Table& table,
                      const std::vector<Column>& columns,
                      const std::function<void(const store::Row&)>& each) {
  const auto key = key_of(table);
  const std::string select =
      "SELECT " + joined(names_of(columns)) + " FROM " + std::string(table.name);
  const std::string order = " ORDER BY " + joined(key) + " LIMIT " + std::to_string(kRowsAtOnce);
  const std::string first_page = select + order;
  const std::string next_page = select + after(key) + order;
  std::vector<Value> last;
  for (;;) {
    const auto rows = session.query(last.empty() ? first_page : next_page, last);
    if (!rows) return base::pass(rows);
    for (const auto& row : *rows) each(row);
    if (rows->size() < kRowsAtOnce) return {};
    last.clear();
    for (const auto& name : key) {
      const auto at = position_of(columns, name);
      last.push_back(value_of(columns[at], rows->back().optional_text(at)));
    }
  }
}

}  // namespace zeren::audit
