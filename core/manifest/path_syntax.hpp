// The grammar of recipient paths, a subset of SPARQL 1.1 property paths: `a/b` then, `^a`
// backwards, `a|b` or, parentheses. Only whether a path can be read; org follows it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace zeren::manifest {

/// What is wrong with `path`, in a sentence; nullopt when it can be read and names known relations
/// only. Any thread.
std::optional<std::string> fault_in_path(std::string_view path);

}  // namespace zeren::manifest
