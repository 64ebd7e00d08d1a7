#include "org/import_file.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include "base/invariant.hpp"
#include "base/unicode.hpp"
#include "org/csv_reader.hpp"

namespace zeren::org {
namespace {

using base::Code;
using Faults = std::vector<base::Error>;

constexpr std::string_view kCodeAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789-";

constexpr ImportColumn kValidFrom{"valid_from", CellKind::Date, Need::Required};
constexpr ImportColumn kValidTo{"valid_to", CellKind::Date, Need::Optional};

// No unit is older, none is planned for later; a year beyond is a slip of the pen.
constexpr base::Date kEarliest = base::Date{std::chrono::year{1900} / 1 / 1};
constexpr base::Date kLatest = base::Date{std::chrono::year{2199} / 12 / 31};

constexpr auto kUnitsColumns = std::to_array<ImportColumn>({
    {"code", CellKind::Code, Need::Required},
    {"name", CellKind::Text, Need::Required},
    {"short_name", CellKind::Text, Need::Optional},
    {"level", CellKind::Listed, Need::Required, unit_levels},
    {"kind", CellKind::Listed, Need::Required, unit_kinds},
    kValidFrom,
    kValidTo,
});
constexpr auto kRelationsColumns = std::to_array<ImportColumn>({
    {"from", CellKind::Code, Need::Required},
    {"kind", CellKind::Listed, Need::Required, relation_kinds},
    {"to", CellKind::Code, Need::Required},
    kValidFrom,
    kValidTo,
    {"succession", CellKind::Listed, Need::Optional, successions},
});
constexpr auto kPersonsColumns = std::to_array<ImportColumn>({
    {"code", CellKind::Code, Need::Required},
    {"name", CellKind::Text, Need::Required},
});
constexpr auto kPostsColumns = std::to_array<ImportColumn>({
    {"code", CellKind::Code, Need::Required},
    {"unit", CellKind::Code, Need::Required},
    {"title", CellKind::Text, Need::Required},
    {"class", CellKind::Listed, Need::Required, post_classes},
});
constexpr auto kAppointmentsColumns = std::to_array<ImportColumn>({
    {"person", CellKind::Code, Need::Required},
    {"post", CellKind::Code, Need::Required},
    {"mode", CellKind::Listed, Need::Required, appointment_modes},
    {"doc_no", CellKind::Text, Need::Optional},
    kValidFrom,
    kValidTo,
});
constexpr auto kPortfoliosColumns = std::to_array<ImportColumn>({
    {"person", CellKind::Code, Need::Required},
    {"post", CellKind::Code, Need::Required},
    {"unit", CellKind::Code, Need::Required},
    kValidFrom,
    kValidTo,
});
constexpr auto kShapes = std::to_array<ImportShape>({
    {"units.csv", kUnitsColumns},
    {"relations.csv", kRelationsColumns},
    {"persons.csv", kPersonsColumns},
    {"posts.csv", kPostsColumns},
    {"appointments.csv", kAppointmentsColumns},
    {"portfolios.csv", kPortfoliosColumns},
});

std::string names_of(std::span<const ImportColumn> columns) {
  std::string names;
  for (const auto& column : columns) {
    if (!names.empty()) names += ", ";
    names += column.name;
  }
  return names;
}

bool is_column(std::span<const ImportColumn> columns, std::string_view name) {
  return std::any_of(columns.begin(), columns.end(),
                     [name](const ImportColumn& each) { return each.name == name; });
}

// For each column of the shape its index in the table, or nullopt. False when a required one is
// missing.
bool find_columns(const ImportShape& shape, const CsvTable& table,
                  std::vector<std::optional<std::size_t>>& places, Faults& faults) {
  bool found_all = true;
  for (const auto& column : shape.columns) {
    const auto found = std::find(table.columns.begin(), table.columns.end(), column.name);
    const bool here = found != table.columns.end();
    places.push_back(here ? std::optional(static_cast<std::size_t>(found - table.columns.begin()))
                          : std::nullopt);
    if (here || column.need == Need::Optional) continue;
    found_all = false;
    faults.push_back({Code::CsvMissingColumn,
                      {{"column", std::string(column.name)}, {"expected", names_of(shape.columns)}},
                      {table.file, 1, 0, {}},
                      {}});
  }
  return found_all;
}

void refuse_unknown_columns(const ImportShape& shape, const CsvTable& table, Faults& faults) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (is_column(shape.columns, table.columns[i])) continue;
    faults.push_back({Code::CsvUnknownColumn,
                      {{"column", table.columns[i]}, {"expected", names_of(shape.columns)}},
                      table.where(1, i),
                      {}});
  }
}

// Excel writes 2026/1/1 for what was typed in as 2026-01-01: both, and 2026-1-1, are read as that day. Anything else
// stays as it is, for parse_date() to refuse.
std::string with_zeros(const std::string& text) {
  const char separator = text.size() > 4 ? text[4] : ' ';
  const auto second = text.find(separator, 5);
  if ((separator != '-' && separator != '/') || second == std::string::npos) return text;
  const auto month = text.substr(5, second - 5);
  const auto day = text.substr(second + 1);
  if (month.size() > 2 || day.size() > 2) return text;
  const auto two = [](const std::string& digits) { return digits.size() == 1 ? "0" + digits : digits; };
  return text.substr(0, 4) + "-" + two(month) + "-" + two(day);
}

// A code stands in paths and file names: `-` only joins.
bool is_code(const std::string& text) {
  return text.find_first_not_of(kCodeAlphabet) == std::string::npos && text.front() != '-' && text.back() != '-';
}

// What is wrong with a cell, its place aside; nullopt when it is right.
std::optional<base::Error> check_cell(const ImportColumn& column, const std::string& text) {
  const std::string name(column.name);
  const auto invalid = [&](std::string allowed, std::string chinese) {
    return base::Error{Code::CsvValueInvalid,
                       {{"column", name},
                        {"value", text},
                        {"allowed", std::move(allowed)},
                        {"allowed.zh-CN", std::move(chinese)}},
                       {},
                       {}};
  };
  if (text.empty()) {
    if (column.need == Need::Optional) return std::nullopt;
    return base::Error{Code::CsvValueMissing, {{"column", name}}, {}, {}};
  }
  if (const auto hidden = base::hidden_control_in(text)) {
    return base::Error{Code::TextHidden, {{"what", name}, {"character", *hidden}}, {}, {}};
  }
  if (base::length_of(text) > column.max) {
    return base::Error{
        Code::TextTooLong, {{"what", name}, {"max", std::to_string(column.max)}}, {}, {}};
  }
  if (column.kind == CellKind::Code && !is_code(text)) {
    return invalid("a-z, 0-9, and - between them", "小写字母、数字，中间可用连字符");
  }
  if (column.kind == CellKind::Listed && find_code(column.table(), text) == nullptr) {
    return invalid(codes_of(column.table()), codes_in_chinese(column.table()));
  }
  if (column.kind == CellKind::Date) {
    auto date = base::parse_date(text);
    if (!date) return std::move(date).error();
    if (*date < kEarliest || *date > kLatest) {
      return invalid(base::to_string(kEarliest) + " to " + base::to_string(kLatest),
                     base::to_string(kEarliest) + " 至 " + base::to_string(kLatest));
    }
  }
  return std::nullopt;
}

bool check_period(const ImportRow& row, Faults& faults) {
  const auto valid = row.valid();
  if (valid.from < valid.to) return true;
  faults.push_back({Code::CsvPeriodInverted,
                    {{"from", base::to_string(valid.from)}, {"to", base::to_string(valid.to)}},
                    row.where("valid_to"),
                    {}});
  return false;
}

void read_row(const ImportShape& shape, const CsvRow& csv, ImportFile& file, Faults& faults,
              const std::vector<std::optional<std::size_t>>& places) {
  std::vector<ImportRow::Cell> cells;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto& place = places[i];
    if (!place) {
      cells.emplace_back();
      continue;
    }
    auto text = base::trimmed(csv.cells[*place]);
    if (shape.columns[i].kind == CellKind::Date) text = with_zeros(text);
    cells.push_back({std::move(text), static_cast<int>(*place) + 1});
  }
  ImportRow row(shape, csv.number, std::move(cells));
  bool good = true;
  for (const auto& column : shape.columns) {
    auto fault = check_cell(column, row.text(column.name));
    if (!fault) continue;
    good = false;
    fault->where = row.where(column.name);
    faults.push_back(std::move(*fault));
  }
  if (is_column(shape.columns, "code")) file.codes.insert(row.text("code"));
  if (good && is_column(shape.columns, "valid_to")) good = check_period(row, faults);
  file.whole = file.whole && good;
  if (good) file.rows.push_back(std::move(row));
}

}  // namespace

const ImportShape& units_shape() { return kShapes[0]; }
const ImportShape& relations_shape() { return kShapes[1]; }
const ImportShape& persons_shape() { return kShapes[2]; }
const ImportShape& posts_shape() { return kShapes[3]; }
const ImportShape& appointments_shape() { return kShapes[4]; }
const ImportShape& portfolios_shape() { return kShapes[5]; }
std::span<const ImportShape> import_shapes() { return kShapes; }

std::size_t ImportRow::index_of(std::string_view column) const {
  const auto& columns = shape_->columns;
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [column](const auto& each) { return each.name == column; });
  base::invariant(found != columns.end(), "columns are asked for by a name of their shape");
  return static_cast<std::size_t>(found - columns.begin());
}

const std::string& ImportRow::text(std::string_view column) const {
  return cells_[index_of(column)].text;
}

std::string ImportRow::name() const {
  if (is_column(shape_->columns, "code")) return text("code");
  std::string name;
  for (const auto& column : shape_->columns) {
    const bool joins = column.kind == CellKind::Code || column.table == relation_kinds;
    if (!joins) continue;
    if (!name.empty()) name += " ";
    name += text(column.name);
  }
  return name;
}

base::Period ImportRow::valid() const {
  const auto from = base::parse_date(text("valid_from"));
  const auto& end = text("valid_to");
  const auto to = end.empty() ? base::Result<base::Date>(base::kForever) : base::parse_date(end);
  base::invariant(from && to, "cells were checked when the row was read");
  return {*from, *to};
}

base::Where ImportRow::where(std::string_view column) const {
  const auto at = cells_[index_of(column)].column;
  return {std::string(shape_->file), number_, at, at == 0 ? std::string() : std::string(column)};
}

ImportFile read_import_file(const ImportShape& shape, std::string_view text, Faults& faults) {
  auto table = read_csv(text, std::string(shape.file));
  if (table) return read_import_table(shape, std::move(*table), faults);
  faults.push_back(std::move(table).error());
  ImportFile file;
  file.complete = file.whole = false;
  return file;
}

ImportFile read_import_table(const ImportShape& shape, CsvTable table, Faults& faults) {
  ImportFile file;
  file.complete = file.whole = table.faults.empty();
  std::move(table.faults.begin(), table.faults.end(), std::back_inserter(faults));
  if (table.columns.empty() && !file.complete) return file;  // the header itself was unreadable
  std::vector<std::optional<std::size_t>> places;
  refuse_unknown_columns(shape, table, faults);
  if (!find_columns(shape, table, places, faults)) {
    file.complete = file.whole = false;
    return file;
  }
  for (const auto& row : table.rows) read_row(shape, row, file, faults, places);
  return file;
}

}  // namespace zeren::org
