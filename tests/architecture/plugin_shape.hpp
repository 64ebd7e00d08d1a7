// Any two plugins look alike, so that who knows one knows all.
#pragma once

#include "architecture/finding.hpp"
#include "architecture/source_tree.hpp"

namespace zeren::architecture {

/// Folders under plugins/ with a missing or an extra entry, or whose CMakeLists.txt holds anything
/// but one call of zeren_add_institution(). Blocks: looks at the folders themselves.
Findings check_plugin_shapes(const SourceTree& tree);

}  // namespace zeren::architecture
