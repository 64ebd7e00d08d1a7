#include "architecture/size_rules.hpp"

#include <string>

#include "architecture/function_scan.hpp"

namespace zeren::architecture {
namespace {

bool is_test(const SourceFile& file) {
  return file.under("tests") || file.path.find("/tests/") != std::string::npos;
}

// 0: no budget.
int budget_of(const SourceFile& file) {
  if (file.extension() == ".ts" || file.extension() == ".tsx") return 250;
  if (!file.is_cpp()) return 0;
  if (file.is_header()) return 200;
  return is_test(file) ? 500 : 400;
}

std::string sentence(const FunctionBody& function, int limit) {
  return function.name + " has " + std::to_string(function.line_count) + " lines, more than " +
         std::to_string(limit) + ": name a part of it and move it out";
}

}  // namespace

Findings check_file_sizes(const SourceTree& tree) {
  Findings findings;
  for (const auto& file : tree.files()) {
    const int budget = budget_of(file);
    const auto count = static_cast<int>(lines_of(file.text).size());
    if (budget == 0 || count <= budget) continue;
    findings.push_back({file.path, 0,
                        "has " + std::to_string(count) + " lines, more than " +
                            std::to_string(budget) + ": it holds more than one concept"});
  }
  return findings;
}

Findings check_function_sizes(const SourceTree& tree) {
  Findings walls;
  Findings over;
  std::size_t functions = 0;
  for (const auto& file : tree.files()) {
    if (!file.is_cpp()) continue;
    for (const auto& function : functions_in(file.text)) {
      if (!is_test(file)) ++functions;
      if (function.line_count > kFunctionWall) {
        walls.push_back({file.path, function.line, sentence(function, kFunctionWall)});
      } else if (function.line_count > kFunctionBudget && !is_test(file)) {
        over.push_back({file.path, function.line, sentence(function, kFunctionBudget)});
      }
    }
  }
  if (over.size() * 50 > functions) append(walls, std::move(over));
  return walls;
}

}  // namespace zeren::architecture
