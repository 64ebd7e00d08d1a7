// Every error code can be told to a reader, in every language, with the same facts.
#pragma once

#include "architecture/finding.hpp"
#include "architecture/source_tree.hpp"

namespace zeren::architecture {

/// Enumerators of core/base/code.hpp without a row in code.cpp, rows without a sentence in a
/// catalogue of core/base/messages/, sentences without a row, and sentences whose {blanks} differ
/// between languages.
Findings check_catalogues(const SourceTree& tree);

/// Arguments of errors under core/ that say a `reason` or a `remedy` in English words without their Chinese beside
/// them. Sees literals only: what a function passes on must be given both by its callers.
Findings check_languages(const SourceTree& tree);

}  // namespace zeren::architecture
