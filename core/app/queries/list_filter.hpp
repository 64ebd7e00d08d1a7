// What lists are narrowed by is looked up first: a slip of the pen must not read as "there is nothing".
#pragma once

#include <string>

#include "app/snapshot.hpp"
#include "base/error.hpp"

namespace zeren::app {

// An empty text narrows nothing and always passes. For units see unit_called().

/// Fails with ModuleNotEnabled when no module of that id was ever enabled, and as Session::first(). Blocks.
base::Result<void> check_module(Snapshot& snapshot, const std::string& id);

/// Fails with RequestMalformed for what is no period of an obligation.
base::Result<void> check_period(const std::string& period);

}  // namespace zeren::app
