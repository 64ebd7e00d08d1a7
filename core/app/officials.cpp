#include "app/officials.hpp"

#include <algorithm>

namespace zeren::app {
namespace {

std::vector<org::UnitId> units_of(const records::Actor& actor) {
  std::vector<org::UnitId> units;
  for (const auto& held : actor.roles) {
    if (std::find(units.begin(), units.end(), held.unit) == units.end()) units.push_back(held.unit);
  }
  return units;
}

}  // namespace

records::Actor actor_of(const access::Principal& principal, const EnabledModule& module,
                        const Snapshot& snapshot) {
  records::Actor actor{principal.id, {}};
  if (!principal.person.value.empty()) {
    actor.roles = module.roles.held_by(snapshot.organisation(), principal.person, {snapshot.today});
  }
  return actor;
}

bool holds_role_in(const records::Actor& actor, const org::UnitId& unit) {
  return std::any_of(actor.roles.begin(), actor.roles.end(),
                     [&](const auto& held) { return held.unit == unit; });
}

records::Visibility visibility_of(const access::Principal& principal, const Snapshot& snapshot) {
  records::Visibility visibility;
  for (const auto& [id, module] : snapshot.modules().all()) {
    const auto units = units_of(actor_of(principal, module, snapshot));
    if (units.empty()) continue;
    for (const auto& [key, type] : module.types) {
      visibility.windows.push_back({id, key, type.readers, units});
    }
  }
  return visibility;
}

bool sees(const access::Principal& principal, const records::Obligation& obligation,
          const Snapshot& snapshot) {
  if (access::require(principal, access::Duty::SeeSummaries)) return true;
  const auto module = snapshot.modules().find(obligation.module);
  if (!module) return false;
  const auto mine = units_of(actor_of(principal, **module, snapshot));
  const auto line = rules::line_of(snapshot.organisation(), obligation.owner, {snapshot.today});
  return std::any_of(line.begin(), line.end(), [&](const org::UnitId& above) {
    return std::find(mine.begin(), mine.end(), above) != mine.end();
  });
}

}  // namespace zeren::app
