// Small enough to be read: the budgets of files and functions.
#pragma once

#include "architecture/finding.hpp"
#include "architecture/source_tree.hpp"

namespace zeren::architecture {

inline constexpr int kFunctionBudget = 40;
inline constexpr int kFunctionWall = 60;

/// Files longer than their kind's budget: header 200, source 400, test 500, TypeScript 250.
Findings check_file_sizes(const SourceTree& tree);

/// Functions beyond the wall, wherever they are; and, outside tests, functions beyond the budget
/// when more than one in fifty of a tree's functions is: some tables and switches read best in one
/// piece, few do.
Findings check_function_sizes(const SourceTree& tree);

}  // namespace zeren::architecture
