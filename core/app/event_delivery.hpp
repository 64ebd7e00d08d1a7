// From the outbox to a module's did_step: at least once, in the order of the log. The module's cursor moves
// once it was told.
#pragma once

#include <cstddef>

#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "store/change_set.hpp"

namespace zeren::app {

struct Told {
  std::size_t delivered = 0;
  store::ChangeSet cursor;  ///< the module's new place; without rows when it has not moved
};

/// Tells `module` of up to 100 steps it has not heard of. Stops at the first that fails, which is told again
/// next time. Fails as Session::query(). Blocks.
base::Result<Told> tell_module(const Snapshot& snapshot, const EnabledModule& module);

}  // namespace zeren::app
