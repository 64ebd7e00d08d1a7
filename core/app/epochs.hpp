// What a plan names when it read the organisation or the rules as a whole: the commit is refused, and the plan made
// again, when either has moved meanwhile.
#pragma once

#include "app/snapshot.hpp"
#include "store/change_set.hpp"

namespace zeren::app {

store::ReadVersion read_of_organisation(const Snapshot& snapshot);

/// For every plan that looks at a parameter, a layer or a waiver.
store::ReadVersion read_of_rules(const Snapshot& snapshot);

/// For every plan that changes one: those that read the rules before it are stale from then on. Rests on the rules
/// itself, for a floor may move while somebody tightens below it.
void bump_rules(store::ChangeSet& change, const Snapshot& snapshot);

}  // namespace zeren::app
