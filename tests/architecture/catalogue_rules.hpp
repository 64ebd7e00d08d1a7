// Every error code can be told to a reader, in every language, with the same facts.
#pragma once

#include "architecture/finding.hpp"
#include "architecture/source_tree.hpp"

namespace zeren::architecture {

/// Enumerators of core/base/code.hpp without a row in code.cpp, rows without a sentence in a
/// catalogue of core/base/messages/, sentences without a row, and sentences whose {blanks} differ
/// between languages.
Findings check_catalogues(const SourceTree& tree);

}  // namespace zeren::architecture
