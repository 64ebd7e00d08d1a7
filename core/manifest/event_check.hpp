// What a manifest says of events: those it tells of, those it listens to, what it does about them, and the modules
// that it uses when they are there.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "base/located_json.hpp"

namespace zeren::manifest {

/// Faults of "events", "permissions", "reactions", "requires"/"optional", and of "emit" and "if_module" in steps. Takes
/// a manifest as check_references() does, and answers likewise. Any thread.
std::vector<base::Error> check_events(const base::Json& manifest, const base::LocatedJson& source);

}  // namespace zeren::manifest
