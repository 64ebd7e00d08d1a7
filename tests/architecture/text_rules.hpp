// What a file's name and first lines must look like.
#pragma once

#include "architecture/finding.hpp"
#include "architecture/source_tree.hpp"

namespace zeren::architecture {

/// Files and folders whose name promises nothing: utils, common, misc and their like.
Findings check_names(const SourceTree& tree);

/// Headers that do not open with a comment that says what they are for, then `#pragma once` (a
/// guard in a C header).
Findings check_header_openings(const SourceTree& tree);

/// Notes of unfinished work without the number of an open issue.
Findings check_open_ends(const SourceTree& tree);

}  // namespace zeren::architecture
