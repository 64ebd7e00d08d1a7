// For what cannot happen unless we have a bug. Never on outside data: that gets an Error.
#pragma once

#include <source_location>

namespace zeren::base {

/// Ends the process with `why` and the place. Kept apart so that invariant() stays inlinable.
[[noreturn]] void invariant_failed(const char* why, std::source_location at);

/// Ends the process when `holds` is false. `why` says why we believe it. Any thread.
inline void invariant(bool holds, const char* why,
                      std::source_location at = std::source_location::current()) {
  if (!holds) invariant_failed(why, at);
}

}  // namespace zeren::base
