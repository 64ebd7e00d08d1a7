// The invented prefecture-level city 青澜市 as a whole.
#pragma once

#include "generator/structure.hpp"

namespace zeren::demo {

/// The province above, the city, its counties, towns, departments and stationed groups; two
/// mergers, a renaming and a split among them.
Structure make_city();

}  // namespace zeren::demo
