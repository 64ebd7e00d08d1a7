#include "cli/csv.hpp"

#include "documents/sheet.hpp"

namespace zeren::cli {
namespace {

std::string quoted(const std::string& cell) {
  const bool formula = documents::begins_like_a_formula(cell);
  if (!formula && cell.find_first_of("\",\r\n") == std::string::npos) return cell;
  std::string out = formula ? "\"'" : "\"";
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace

std::string csv(const std::vector<std::vector<std::string>>& rows, bool mark) {
  std::string out = mark ? "\xEF\xBB\xBF" : "";
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ",") + quoted(row[i]);
    out += "\r\n";
  }
  return out;
}

}  // namespace zeren::cli
