#include "cli/csv.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace zeren::cli {
namespace {

bool is_formula(std::string_view cell) {
  constexpr std::array<std::string_view, 11> kTriggers = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                          "\n", "＝", "＋", "－", "＠"};
  return std::any_of(kTriggers.begin(), kTriggers.end(),
                     [&](std::string_view trigger) { return cell.starts_with(trigger); });
}

std::string quoted(const std::string& cell) {
  const bool formula = is_formula(cell);
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
