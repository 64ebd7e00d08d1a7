#include "records/earlier_ledger.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace zeren::records {
namespace {

using base::Result;
using store::RowWrite;
using store::Value;

constexpr std::string_view kSelectRows =
    "SELECT id, version, import, row_number, module, rule, title, unit, person, period, due, done, result, doc_no,"
    " remark, struck_at, struck_by, struck_reason FROM history_row";

Result<HistoryRow> history_row_from(const store::Row& row) {
  const auto due = base::parse_date(row.text(10));
  if (!due) return base::pass(due);
  std::optional<base::Date> done;
  if (!row.is_null(11)) {
    const auto on = base::parse_date(row.text(11));
    if (!on) return base::pass(on);
    done = *on;
  }
  HistoryRow history{row.text(0), row.integer(1), row.text(2), row.integer(3), row.text(4), row.text(5),
                     row.text(6), {row.text(7)},  {row.text(8)}, row.text(9),    *due,        done,
                     row.text(12), row.text(13),  row.text(14)};
  if (!row.is_null(15)) history.struck = Struck{base::from_millis(row.integer(15)), row.text(16), row.text(17)};
  return history;
}

Result<std::vector<HistoryRow>> history_rows_from(const Result<store::Rows>& rows) {
  if (!rows) return base::pass(rows);
  std::vector<HistoryRow> history;
  history.reserve(rows->size());
  for (const auto& row : *rows) {
    auto one = history_row_from(row);
    if (!one) return base::pass(std::move(one));
    history.push_back(std::move(*one));
  }
  return history;
}

// The values of the part of a year that `letter` stands for: H1 to H2, Q1 to Q4, B1 to B6.
int parts_of_year(char letter) {
  constexpr int kHalves = 2;
  constexpr int kQuarters = 4;
  constexpr int kTwoMonths = 6;
  switch (letter) {
    case 'H': return kHalves;
    case 'Q': return kQuarters;
    case 'B': return kTwoMonths;
    default: return 0;
  }
}

bool is_number_within(std::string_view digits, int most) {
  int number = 0;
  const auto* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, number);
  return read.ec == std::errc() && read.ptr == end && number >= 1 && number <= most;
}

}  // namespace

bool HistoryRow::says_the_same(const HistoryRow& other) const {
  const auto said = [](const HistoryRow& row) {
    return std::tie(row.title, row.due, row.done, row.result, row.doc_no, row.remark);
  };
  return key() == other.key() && said(*this) == said(other);
}

Result<std::vector<HistoryRow>> load_history(store::Session& session, const std::string& module) {
  const auto standing = std::string(kSelectRows) + " WHERE struck_at IS NULL";
  if (module.empty()) return history_rows_from(session.query(standing));
  return history_rows_from(session.query(standing + " AND module = :1", std::vector<Value>{module}));
}

Result<std::vector<HistoryRow>> rows_of_import(store::Session& session, const std::string& import) {
  return history_rows_from(session.query(std::string(kSelectRows) + " WHERE import = :1 ORDER BY row_number",
                                         std::vector<Value>{import}));
}

Result<std::vector<HistoryImport>> load_history_imports(store::Session& session) {
  const auto rows = session.query(
      "SELECT id, module, file, digest, row_count, imported_by, imported_at FROM history_import ORDER BY id");
  if (!rows) return base::pass(rows);
  std::vector<HistoryImport> imports;
  for (const auto& row : *rows) {
    imports.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.integer(4), row.text(5),
                       base::from_millis(row.integer(6))});
  }
  return imports;
}

std::vector<RowWrite> rows_to_write(const HistoryImport& import, const std::vector<HistoryRow>& rows) {
  std::vector<RowWrite> writes;
  writes.reserve(rows.size() + 1);
  writes.push_back({RowWrite::Kind::Insert,
                    "history_import",
                    {{"id", import.id}},
                    {{"version", 1},
                     {"module", import.module},
                     {"file", import.file},
                     {"digest", import.digest},
                     {"row_count", import.rows},
                     {"imported_by", import.by},
                     {"imported_at", base::to_millis(import.at)}}});
  for (const auto& row : rows) {
    writes.push_back({RowWrite::Kind::Insert,
                      "history_row",
                      {{"id", row.id}},
                      {{"version", row.version},
                       {"import", import.id},
                       {"row_number", row.number},
                       {"module", row.module},
                       {"rule", row.rule},
                       {"title", row.title},
                       {"unit", row.unit.value},
                       {"person", row.person.value},
                       {"period", row.period},
                       {"due", base::to_string(row.due)},
                       {"done", row.done ? Value(base::to_string(*row.done)) : Value()},
                       {"result", row.result},
                       {"doc_no", row.doc_no},
                       {"remark", row.remark},
                       {"struck_at", Value()},
                       {"struck_by", Value()},
                       {"struck_reason", Value()}}});
  }
  return writes;
}

RowWrite strike_out(const HistoryRow& row, const Struck& struck) {
  return {RowWrite::Kind::Update,
          "history_row",
          {{"id", row.id}},
          {{"version", row.version + 1},
           {"struck_at", base::to_millis(struck.at)},
           {"struck_by", struck.by},
           {"struck_reason", struck.reason}}};
}

bool is_period(std::string_view text) {
  constexpr std::size_t kYear = 4;
  constexpr int kMonths = 12;
  const auto year = text.substr(0, std::min(kYear, text.size()));
  const bool starts = year.size() == kYear && std::ranges::all_of(year, [](char c) { return c >= '0' && c <= '9'; });
  if (!starts || text.size() == kYear) return starts;
  const auto rest = text.substr(kYear);
  if (rest[0] == '-') return rest.size() == 3 && is_number_within(rest.substr(1), kMonths);
  return rest.size() == 2 && is_number_within(rest.substr(1), parts_of_year(rest[0]));
}

}  // namespace zeren::records
