// What is wrong with a manifest by its schema, in words for its author. Whether anything is wrong is decided by the
// validator (schema_check.hpp), which speaks to programmers only, and in English.
#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"

namespace zeren::manifest {

struct SchemaFault {
  std::string pointer;  ///< into the manifest
  std::string english;
  std::string chinese;
};

/// One fault for each keyword of `schema` that `manifest` breaks, with the remedy. A pattern is told by what stands
/// beside it under `x-form`: what a text of that form looks like. Empty when none is broken. Any thread.
std::vector<SchemaFault> schema_faults(const base::Json& schema, const base::Json& manifest);

}  // namespace zeren::manifest
