// `.h` promises C: any compiler of any language that speaks C must be able to read the SDK's ABI.
#pragma once

#include "architecture/finding.hpp"
#include "architecture/source_tree.hpp"

namespace zeren::architecture {

/// The .h files of sdk/ that the C compiler refuses as strict C11. Runs the compiler; blocks.
Findings check_c_headers(const SourceTree& tree, const std::string& c_compiler);

}  // namespace zeren::architecture
