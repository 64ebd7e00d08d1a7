// Whatever is uploaded as a table: rows are as wide as the header and in order, and a table written
// anew from its cells reads the same.
#include "fuzz/input.hpp"
#include "org/csv_reader.hpp"

namespace {

using zeren::fuzz::promise;
using zeren::org::CsvTable;

std::string quoted(const std::string& cell) {
  std::string out = "\"";
  for (const char c : cell) out.append(c == '"' ? 2 : 1, c);
  return out + "\"";
}

void write_row(std::string& out, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) out += (i == 0 ? "" : ",") + quoted(cells[i]);
  out += "\r\n";
}

void check_places(const CsvTable& table) {
  int last = 1;
  for (const auto& row : table.rows) {
    promise(row.cells.size() == table.columns.size(), "a row is as wide as the header");
    promise(row.number > last, "rows keep their order");
    last = row.number;
  }
  for (const auto& fault : table.faults) promise(fault.where.line >= 1, "a fault has a row");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zeren;
  const auto table = org::read_csv(fuzz::text_of(data, size), "input.csv");
  if (!table) {
    promise(table.error().where.line >= 1, "a wrong quotation mark has a place");
    return 0;
  }
  check_places(*table);
  if (table->columns.empty()) return 0;
  std::string written;
  write_row(written, table->columns);
  for (const auto& row : table->rows) write_row(written, row.cells);
  const auto again = org::read_csv(written, "written.csv");
  promise(again.has_value(), "quoted cells are a table");
  promise(again->columns == table->columns, "the header survives");
  promise(again->rows.size() == table->rows.size(), "every row survives");
  for (std::size_t i = 0; i < table->rows.size(); ++i) {
    promise(again->rows[i].cells == table->rows[i].cells, "every cell survives");
  }
  return 0;
}
