// Whether what a manifest says of links, catalogues and free records refers to what there is.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/located_json.hpp"

namespace zeren::manifest {

/// ManifestReference and ManifestSchema faults of a manifest that fits its schema. Types of other modules are not
/// looked for: they need not be there. Any thread.
std::vector<base::Error> check_links(const base::Json& manifest, const base::LocatedJson& source);

}  // namespace zeren::manifest
