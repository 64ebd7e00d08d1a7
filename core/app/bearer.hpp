// On whom an obligation hangs today: a post, whoever holds it; an appointment; or the unit, to which it falls when
// the post has been vacant for long (domain E2).
#pragma once

#include <cstdint>
#include <string>

#include "app/snapshot.hpp"
#include "base/json.hpp"
#include "records/obligation.hpp"
#include "records/record.hpp"

namespace zeren::app {

/// The module's integer parameter for `unit` today; `otherwise` where the module declares none. Any thread, as all
/// of this file.
std::int64_t number_in_force(const Snapshot& snapshot, const EnabledModule& module,
                             const std::string& parameter, const org::UnitId& unit,
                             std::int64_t otherwise);

/// What the organisation says about a record of `unit` that fulfils `obligation`; null: none.
records::Surroundings surroundings_of(const Snapshot& snapshot, const EnabledModule& module,
                                      const org::UnitId& unit, const records::Obligation* obligation);

/// The module's catalogues as they are for `unit` today: what is shipped, and what the unit and those above it add.
records::Catalogues catalogues_for(const Snapshot& snapshot, const EnabledModule& module, const org::UnitId& unit);

/// `{post, holders, stand_ins, vacant_since, falls_to_unit}` or `{person, post, from, to}`; null when the
/// obligation is the unit's. Vacant is since when nobody holds the post or stands in.
base::Json bearer_json(const Snapshot& snapshot, const EnabledModule& module,
                       const records::Obligation& obligation);

/// The person whose appointment owes it; empty when it hangs on none.
org::PersonId person_of(const Snapshot& snapshot, const records::Obligation& obligation);

}  // namespace zeren::app
