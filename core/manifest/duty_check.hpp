// Whether what a manifest says of duties beyond who owes them refers to what there is: states that fulfil, records
// that bring obligations about, ledgers and indicators.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/located_json.hpp"

namespace zeren::manifest {

/// ManifestReference and ManifestSchema faults of a manifest that fits its schema. Any thread.
std::vector<base::Error> check_duties(const base::Json& manifest, const base::LocatedJson& source);

}  // namespace zeren::manifest
