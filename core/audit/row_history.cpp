#include "audit/row_history.hpp"

#include <algorithm>
#include <utility>

#include "audit/stored_tree.hpp"
#include "base/invariant.hpp"

namespace zeren::audit {
namespace {

using base::Json;
using base::Result;

std::string entry_place(std::int64_t entry) { return place("audit_entry", "idx", entry); }

}  // namespace

Result<RowHistory> RowHistory::create(store::Session& session) {
  RowHistory history;
  for (const auto& table : store::all_tables()) {
    if (table.kind != store::TableKind::Tracked) continue;
    auto columns = columns_of(session, table.name);
    if (!columns) return base::pass(std::move(columns));
    Shape shape{&table, *std::move(columns), {}, 0, {}};
    for (const auto& name : key_of(table)) shape.key.push_back(position_of(shape.columns, name));
    shape.entry = position_of(shape.columns, "entry");
    base::invariant(shape.entry < shape.columns.size(), "tracked tables name the entry");
    history.shapes_.emplace(table.name, std::move(shape));
  }
  return history;
}

bool RowHistory::apply(std::int64_t entry, const Json& rows) {
  return rows.is_array() &&
         std::ranges::all_of(rows, [&](const Json& write) { return apply_write(entry, write); });
}

bool RowHistory::apply_write(std::int64_t entry, const Json& write) {
  if (!write.is_array() || write.size() != 3 || !write[0].is_string()) return false;
  const auto found = shapes_.find(write[0].get_ref<const std::string&>());
  if (found == shapes_.end()) return false;
  auto& shape = found->second;
  std::vector<Cell> fresh(shape.columns.size());
  if (!assign(shape, write[1], fresh)) return false;
  const auto key = key_text(shape, fresh);
  if (!key) return false;
  auto& row = shape.rows.try_emplace(*key, Expected{entry, std::move(fresh), false}).first->second;
  row.entry = entry;
  row.cells[shape.entry] = std::to_string(entry);
  return assign(shape, write[2], row.cells);
}

// Distinct keys give distinct texts: lengths say where one cell ends.
std::optional<std::string> RowHistory::key_text(const Shape& shape,
                                                const std::vector<Cell>& cells) {
  std::string text;
  for (const auto at : shape.key) {
    if (!cells[at]) return {};
    text.append(std::to_string(cells[at]->size())).append(":").append(*cells[at]);
  }
  return text;
}

std::string RowHistory::place_of(const Shape& shape, const std::vector<Cell>& cells) {
  std::string text(shape.table->name);
  char before = '[';
  for (const auto at : shape.key) {
    text.append(1, std::exchange(before, ',')).append(shape.columns[at].name).append("=");
    text.append(cells[at].value_or("NULL"));
  }
  return text + "]";
}

bool RowHistory::assign(const Shape& shape, const Json& values, std::vector<Cell>& cells) {
  if (!values.is_object()) return false;
  for (const auto& [name, value] : values.items()) {
    const auto at = position_of(shape.columns, name);
    if (at == shape.columns.size()) return false;
    if (value.is_null()) {
      cells[at].reset();
    } else if (value.is_string()) {
      cells[at] = value.get<std::string>();
    } else if (value.is_number_integer()) {
      cells[at] = std::to_string(value.get<std::int64_t>());
    } else {
      return false;
    }
  }
  return true;
}

Result<void> RowHistory::compare(store::Session& session, Report& report) {
  for (auto& [name, shape] : shapes_) {
    auto read = each_row(session, *shape.table, shape.columns,
                         [&](const store::Row& row) { compare_row(shape, row, report); });
    if (!read) return read;
    report_unseen(shape, report);
  }
  return {};
}

// Sorted, so that the same damage is always told in the same order.
void RowHistory::report_unseen(const Shape& shape, Report& report) {
  std::map<std::string, std::int64_t> unseen;
  for (const auto& [key, row] : shape.rows) {
    if (!row.seen) unseen.emplace(place_of(shape, row.cells), row.entry);
  }
  for (const auto& [what, entry] : unseen) report.missing(what, entry_place(entry));
}

void RowHistory::compare_row(Shape& shape, const store::Row& row, Report& report) {
  ++report.rows;
  std::vector<Cell> cells(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) {
    cells[i] = row.optional_text(i);
    const bool secret = store::is_secret(*shape.table, shape.columns[i].name);
    if (secret && cells[i]) cells[i] = store::secret_digest(*cells[i]);
  }
  const auto key = key_text(shape, cells);
  const auto found = key ? shape.rows.find(*key) : shape.rows.end();
  if (found == shape.rows.end()) return report.unaccounted(place_of(shape, cells));
  auto& expected = found->second;
  expected.seen = true;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i] == expected.cells[i]) continue;
    report.altered(place_of(shape, cells) + "." + shape.columns[i].name,
                   entry_place(expected.entry));
  }
}

}  // namespace zeren::audit
