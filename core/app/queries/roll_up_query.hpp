// The lights of a whole subtree.
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::app {

/// `{unit, relation, modules: [id], lights: {grey: 1, …}, total}`: what the unit called `unit` and all below it along
/// `relation` owe, of the modules in which the principal sees all of that: by a role in the unit or above it, or as
/// one who sees summaries. A record that its person is recused from leaves its obligation out. Fails with UnitUnknown,
/// with RequestMalformed for a relation that makes no hierarchy, and as Host::query(). Blocks; any thread.
base::Result<base::Json> roll_up_obligations(Host& host, const access::Principal& principal,
                                             const std::string& unit, const std::string& relation);

}  // namespace zeren::app
