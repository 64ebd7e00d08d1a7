#include "base/invariant.hpp"

#include <cstdio>
#include <cstdlib>

namespace zeren::base {

void invariant_failed(const char* why, std::source_location at) {
  // stderr and not the logger: the logger may be what is broken.
  std::fprintf(stderr, "invariant failed at %s:%u: %s\n", at.file_name(), at.line(), why);
  std::abort();
}

}  // namespace zeren::base
