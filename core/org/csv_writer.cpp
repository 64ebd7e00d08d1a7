#include "org/csv_writer.hpp"

#include <algorithm>
#include <string_view>

#include "base/invariant.hpp"
#include "org/import_file.hpp"

namespace zeren::org {
namespace {

void append_cell(std::string& line, std::string_view cell) {
  line += line.empty() ? "\"" : ",\"";
  for (const char letter : cell) {
    if (letter == '"') line += '"';
    line += letter;
  }
  line += '"';
}

const ImportShape& shape_called(const std::string& file) {
  const auto shapes = import_shapes();
  const auto found = std::ranges::find(shapes, file, &ImportShape::file);
  base::invariant(found != shapes.end(), "rows are written for files of an import");
  return *found;
}

}  // namespace

void CsvWriter::add(const std::string& file, const std::vector<std::string>& cells) {
  const auto& shape = shape_called(file);
  base::invariant(cells.size() == shape.columns.size(), "a row has a cell for every column");
  auto& text = texts_[file];
  if (text.empty()) {
    std::string head;
    for (const auto& column : shape.columns) append_cell(head, column.name);
    text = head + "\n";
  }
  std::string line;
  for (const auto& cell : cells) append_cell(line, cell);
  text += line + "\n";
}

}  // namespace zeren::org
