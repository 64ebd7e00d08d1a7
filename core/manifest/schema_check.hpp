// The shape of a manifest: config/schema/module.schema.json, which is compiled in. The only place
// that knows Valijson.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "base/located_json.hpp"

namespace zeren::manifest {

/// Everything in `manifest` (`source` with each `like` carried out) that the schema refuses, as
/// ManifestSchema errors with their place in `source`; empty when it is valid. Any thread.
std::vector<base::Error> check_schema(const base::Json& manifest, const base::LocatedJson& source);

}  // namespace zeren::manifest
