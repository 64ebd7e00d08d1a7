// Carries out `like` in a manifest's record types, so that nobody above sees it.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "base/located_json.hpp"

namespace zeren::manifest {

/// The manifest with each `{"like": "a", …}` replaced by record type `a` with the other members
/// applied as a JSON Merge Patch (RFC 7396). `a` must be written out in full: chains are hard to
/// read. Adds what it cannot resolve to `faults` and leaves that as it is. Takes documents of any
/// shape; any thread.
base::Json expand_record_types(const base::LocatedJson& source, std::vector<base::Error>& faults);

}  // namespace zeren::manifest
