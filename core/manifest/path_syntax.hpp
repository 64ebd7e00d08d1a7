// The grammar of recipient paths, a subset of SPARQL 1.1 property paths: `a/b` then, `^a`
// backwards, `a|b` or, parentheses. Only whether a path can be read; org follows it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace zeren::manifest {

/// In a sentence.
struct PathFault {
  std::string english;
  std::string chinese;
  bool operator==(const PathFault&) const = default;
};

/// What is wrong with `path`; nullopt when it can be read and names known relations
/// only. Any thread.
std::optional<PathFault> fault_in_path(std::string_view path);

}  // namespace zeren::manifest
