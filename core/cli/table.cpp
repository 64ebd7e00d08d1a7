#include "cli/table.hpp"

#include <algorithm>
#include <string>

#include "base/json.hpp"
#include "base/unicode.hpp"

namespace zeren::cli {
namespace {

// A cell on one line, without characters that would move the cursor or turn the text.
std::string shown(std::string text) {
  std::replace_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return base::hidden_control_in(text) ? base::Json(text).dump(-1, ' ', true) : text;
}

}  // namespace

std::string table(std::vector<std::vector<std::string>> rows) {
  std::vector<std::size_t> widths;
  for (auto& row : rows) {
    std::transform(row.begin(), row.end(), row.begin(), shown);
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], base::width_of(row[i]));
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i] + std::string(widths[i] - base::width_of(row[i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace zeren::cli
