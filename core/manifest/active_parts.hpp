// What of a manifest holds while some of the modules under "requires"/"optional" are not in force: a part that says
// "if_module" of one of them is as if it were not written.
#pragma once

#include <set>
#include <string>

#include "base/json.hpp"

namespace zeren::manifest {

/// `section` without the members and items whose "if_module" names none of `present`; in the others that word is
/// taken out. Any thread.
base::Json active_parts(base::Json section, const std::set<std::string>& present);

}  // namespace zeren::manifest
