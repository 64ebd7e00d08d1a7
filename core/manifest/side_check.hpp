// Checks what a manifest says of sides: those that its record types name, and who reads and acts on which.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/located_json.hpp"

namespace zeren::manifest {

/// One fault for each side that there is not, cannot be, or cannot read what it acts on. `manifest` fits its schema.
/// Any thread.
std::vector<base::Error> check_sides(const base::Json& manifest, const base::LocatedJson& source);

}  // namespace zeren::manifest
