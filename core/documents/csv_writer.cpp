#include <algorithm>
#include <array>
#include <string_view>

#include "documents/sheet.hpp"

namespace zeren::documents {
namespace {

void append_text(std::string& out, std::string_view text) {
  out += '"';
  if (begins_like_a_formula(text)) out += '\'';
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  out += '"';
}

void append_cell(std::string& out, const SheetCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) append_text(out, *text);
  if (const auto* number = std::get_if<std::int64_t>(&cell)) out += std::to_string(*number);
  if (const auto* date = std::get_if<base::Date>(&cell)) out += base::to_string(*date);
}

}  // namespace

bool begins_like_a_formula(std::string_view text) {
  constexpr std::array<std::string_view, 11> kTriggers = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                          "\n", "＝", "＋", "－", "＠"};
  return std::any_of(kTriggers.begin(), kTriggers.end(),
                     [&](std::string_view trigger) { return text.starts_with(trigger); });
}

std::string csv_of(const Sheet& sheet) {
  std::string out = "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    if (i > 0) out += ',';
    append_text(out, sheet.columns[i].headings.back());
  }
  out += "\r\n";
  for (const auto& row : sheet.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += ',';
      append_cell(out, row[i]);
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace zeren::documents
