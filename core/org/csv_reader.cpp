#include "org/csv_reader.hpp"

#include <csv.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "base/unicode.hpp"

namespace zeren::org {
namespace {

using base::Code;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// UTF-16, either way round: what Excel calls "Unicode Text".
bool is_utf16(std::string_view text) { return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"); }

// Receives cells and row ends from libcsv, which knows nothing of places.
class Collector final {
 public:
  void cell(std::string_view text) { cells_.emplace_back(text); }

  // `terminator` is the character that ended the row, or -1 at the end of the text. The LF of CRLF
  // arrives as a row of its own, because blank rows are reported; it is none.
  void row(int terminator) {
    const bool second_half = terminator == '\n' && last_terminator_ == '\r' && cells_.empty();
    last_terminator_ = second_half ? -1 : terminator;
    if (second_half) return;
    ++number_;
    if (!cells_.empty()) rows_.push_back({number_, std::exchange(cells_, {})});
  }

  base::Where here(const std::string& file) const {
    return {file, number_ + 1, static_cast<int>(cells_.size()) + 1, {}};
  }

  std::vector<CsvRow> take() && { return std::move(rows_); }

 private:
  std::vector<CsvRow> rows_;
  std::vector<std::string> cells_;
  int number_ = 0;
  int last_terminator_ = -1;
};

void on_cell(void* text, std::size_t size, void* collector) {
  static_cast<Collector*>(collector)->cell({static_cast<const char*>(text), size});
}

void on_row(int terminator, void* collector) {
  static_cast<Collector*>(collector)->row(terminator);
}

// RFC 4180 §2.4: spaces are part of a field; libcsv would drop them.
int never_space(unsigned char) { return 0; }

// True when libcsv took the whole text.
bool parse(std::string_view text, Collector& collector) {
  csv_parser parser{};
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) return false;
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> guard(&parser, csv_free);
  csv_set_space_func(&parser, never_space);
  return csv_parse(&parser, text.data(), text.size(), on_cell, on_row, &collector) == text.size() &&
         csv_fini(&parser, on_cell, on_row, &collector) == 0;
}

// Reports every cell that is no UTF-8; such a text must not reach a message, so none is quoted.
bool check_text(CsvTable& table, const CsvRow& row) {
  bool good = true;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (base::is_utf8(row.cells[i])) continue;
    good = false;
    const auto where = table.where(row.number, i);
    const auto what = where.pointer.empty() ? where.file : where.pointer;
    table.faults.push_back({Code::TextNotUtf8, {{"what", what}}, where, {}});
  }
  return good;
}

void check_header(CsvTable& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto first = std::find(table.columns.begin(), table.columns.end(), table.columns[i]);
    if (first == table.columns.begin() + static_cast<std::ptrdiff_t>(i)) continue;
    table.faults.push_back(
        {Code::CsvDuplicateColumn, {{"column", table.columns[i]}}, table.where(1, i), {}});
  }
}

// Chinese characters take three bytes in UTF-8, and no such three are two characters of GB18030 on
// every line: one line of them shows that the file is UTF-8 with a fault, not another encoding.
bool has_chinese_line_in_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    const bool three_bytes = std::any_of(
        line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE0; });
    if (three_bytes && base::is_utf8(line)) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

void add_row(CsvTable& table, CsvRow row) {
  if (row.cells.size() != table.columns.size()) {
    table.faults.push_back({Code::CsvCellCount,
                            {{"found", std::to_string(row.cells.size())},
                             {"expected", std::to_string(table.columns.size())}},
                            {table.file, row.number, 0, {}},
                            {}});
    return;
  }
  if (check_text(table, row)) table.rows.push_back(std::move(row));
}

}  // namespace

base::Where CsvTable::where(int row, std::size_t column) const {
  return {file, row, static_cast<int>(column) + 1,
          column < columns.size() ? columns[column] : std::string()};
}

std::string utf8_of(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) return std::string(text.substr(kByteOrderMark.size()));
  if (base::is_utf8(text) || has_chinese_line_in_utf8(text)) return std::string(text);
  auto converted = base::from_gb18030(text);
  return converted.empty() ? std::string(text) : converted;
}

base::Result<CsvTable> read_csv(std::string_view text, std::string file) {
  if (is_utf16(text)) {
    return base::fail(Code::TextNotUtf8,
                      {{"what", "what was saved as \"Unicode Text\" (UTF-16) instead of \"CSV UTF-8\""},
                       {"what.zh-CN", "另存为“Unicode 文本”（UTF-16）而非“CSV UTF-8”的文件"}},
                      {std::move(file), 0, 0, {}});
  }
  const auto utf8 = utf8_of(text);
  Collector collector;
  if (!parse(utf8, collector)) {
    return base::fail(Code::CsvSyntax, {}, collector.here(file));
  }
  CsvTable table{std::move(file), {}, {}, {}};
  auto rows = std::move(collector).take();
  if (rows.empty()) return table;
  if (!check_text(table, rows.front())) return table;
  table.columns = std::move(rows.front().cells);
  check_header(table);
  for (auto it = rows.begin() + 1; it != rows.end(); ++it) add_row(table, std::move(*it));
  return table;
}

}  // namespace zeren::org
