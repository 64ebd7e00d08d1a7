#include "architecture/text_rules.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <set>
#include <string>

namespace zeren::architecture {
namespace {

const std::set<std::string> kEmptyNames{"util", "utils",  "utility", "utilities", "common",
                                        "misc", "helper", "helpers", "stuff",     "tools"};

bool is_source(const SourceFile& file) {
  static constexpr auto kKinds =
      std::to_array<std::string_view>({".cmake", ".sql", ".ts", ".tsx", ".go"});
  return file.is_cpp() || file.name() == "CMakeLists.txt" ||
         std::find(kKinds.begin(), kKinds.end(), file.extension()) != kKinds.end();
}

bool is_comment(std::string_view line) { return line.starts_with("//") || line.starts_with("/*"); }

bool guards(const SourceFile& file, std::string_view line) {
  return line == "#pragma once" || (file.extension() == ".h" && line.starts_with("#ifndef "));
}

std::string opening_fault(const SourceFile& file) {
  const auto lines = lines_of(file.text);
  if (lines.empty() || !is_comment(lines.front()))
    return "must open with a paragraph on its purpose";
  bool in_block = false;
  for (const auto line : lines) {
    if (line.starts_with("/*")) in_block = true;
    const bool still_comment = in_block || is_comment(line) || trimmed(line).empty();
    if (line.find("*/") != std::string_view::npos) in_block = false;
    if (still_comment) continue;
    return guards(file, line) ? "" : "needs #pragma once right after the opening paragraph";
  }
  return "needs #pragma once right after the opening paragraph";
}

}  // namespace

Findings check_names(const SourceTree& tree) {
  Findings findings;
  for (const auto& file : tree.files()) {
    if (!is_source(file)) continue;
    const std::filesystem::path path(file.path);
    for (const auto& part : path) {
      const auto name = part.stem().string();
      if (!kEmptyNames.contains(name)) continue;
      findings.push_back({file.path, 0, "'" + name + "' says nothing: name the concept"});
    }
  }
  return findings;
}

Findings check_header_openings(const SourceTree& tree) {
  Findings findings;
  for (const auto& file : tree.files()) {
    if (!file.is_header()) continue;
    if (auto fault = opening_fault(file); !fault.empty()) findings.push_back({file.path, 1, fault});
  }
  return findings;
}

Findings check_open_ends(const SourceTree& tree) {
  // Written so that this file does not find itself.
  static const std::regex kOpenEnd(R"re(\b(TO[D]O|FIX[M]E|XX[X]|HAC[K])\b(?!\(#\d+\)))re");
  Findings findings;
  for (const auto& file : tree.files()) {
    if (!is_source(file)) continue;
    int line = 0;
    for (const auto text : lines_of(file.text)) {
      ++line;
      std::cmatch match;
      if (!std::regex_search(text.data(), text.data() + text.size(), match, kOpenEnd)) continue;
      findings.push_back({file.path, line, match[1].str() + " needs an open issue: (#123)"});
    }
  }
  return findings;
}

}  // namespace zeren::architecture
