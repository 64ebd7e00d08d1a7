// Checks what a manifest says of recipients: of its obligations, and of its record types.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/located_json.hpp"

namespace zeren::manifest {

/// One fault for each recipient that nothing can be sent to, and each record type that would be sent to nobody.
/// `manifest` fits its schema. Any thread.
std::vector<base::Error> check_recipients(const base::Json& manifest, const base::LocatedJson& source);

}  // namespace zeren::manifest
