// Comparing the versions of modules: `major.minor.patch` as module.json writes them.
#pragma once

#include <string_view>

namespace zeren::manifest {

/// Whether `version` is `lowest` or later. Both as the schema demands them; the numbers may be of any
/// length. Any thread.
bool is_at_least(std::string_view version, std::string_view lowest);

}  // namespace zeren::manifest
