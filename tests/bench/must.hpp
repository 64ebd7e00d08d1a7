// What a measurement cannot go on without.
#pragma once

#include <cstdlib>
#include <iostream>
#include <type_traits>
#include <utility>

#include "base/error.hpp"
#include "base/messages.hpp"

namespace zeren::bench {

/// The value; or the reason on the standard error, and the program ends.
template <class T>
T must(base::Result<T> result) {
  if (!result) {
    std::cerr << base::report_of(result.error());
    std::exit(EXIT_FAILURE);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace zeren::bench
