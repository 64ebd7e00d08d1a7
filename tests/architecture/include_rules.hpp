// Who includes whom, and which CMake target leans on which: both must follow an arrow of the table.
#pragma once

#include "architecture/finding.hpp"
#include "architecture/layer_table.hpp"
#include "architecture/source_tree.hpp"

namespace zeren::architecture {

/// Every `#include` of core/, plugins/ and sdk/ that its row does not allow, and every source file
/// there that lies in no layer.
Findings check_includes(const SourceTree& tree, const LayerTable& table);

/// Every DEPENDS of a zeren_add_module() that its row does not allow.
Findings check_links(const SourceTree& tree, const LayerTable& table);

}  // namespace zeren::architecture
