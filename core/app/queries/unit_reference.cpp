#include "app/queries/unit_reference.hpp"

#include "base/invariant.hpp"

namespace zeren::app {

base::Json unit_reference(const Snapshot& snapshot, const org::UnitId& id) {
  const auto* unit = snapshot.organisation().unit(id);
  base::invariant(unit != nullptr, "units are never deleted, and rows refer to units only");
  return {{"code", unit->code}, {"name", unit->name}};
}

}  // namespace zeren::app
