// What the parts of a manifest say of each other: every role, state, step, field, record type and
// parameter that is named must exist.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "base/located_json.hpp"

namespace zeren::manifest {

/// Every name in `manifest` (`source` with each `like` carried out, valid by its schema) that leads
/// nowhere, as ManifestReference errors, and what else a schema cannot say, as ManifestSchema
/// errors; with their place in `source`. Any thread.
std::vector<base::Error> check_references(const base::Json& manifest,
                                          const base::LocatedJson& source);

}  // namespace zeren::manifest
