#include "cli/table.hpp"

#include <algorithm>
#include <cstdint>

namespace zeren::cli {
namespace {

// The length of the character that begins with `lead`.
std::size_t length_of(unsigned char lead) {
  if (lead >= 0xF0) return 4;
  if (lead >= 0xE0) return 3;
  return lead >= 0xC0 ? 2 : 1;
}

// East Asian Wide and Fullwidth (UAX #11), as far as Chinese text uses them: CJK symbols, kana,
// ideographs, full-width forms, and the planes of further ideographs.
bool is_wide(const std::string& text, std::size_t at, std::size_t length) {
  if (length == 4) return true;
  if (length < 3) return false;
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(text[at + i]) & 0x3FU; };
  const auto point = ((static_cast<std::uint32_t>(text[at]) & 0x0FU) << 12U) | (byte(1) << 6U) | byte(2);
  return (point >= 0x2E80 && point <= 0xA4CF) || (point >= 0xAC00 && point <= 0xD7A3) ||
         (point >= 0xF900 && point <= 0xFAFF) || (point >= 0xFE30 && point <= 0xFE4F) ||
         (point >= 0xFF00 && point <= 0xFF60) || (point >= 0xFFE0 && point <= 0xFFE6);
}

}  // namespace

std::size_t width_of(const std::string& text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto length = std::min(length_of(static_cast<unsigned char>(text[at])), text.size() - at);
    width += is_wide(text, at, length) ? 2 : 1;
    at += length;
  }
  return width;
}

std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i] + std::string(widths[i] - width_of(row[i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace zeren::cli
