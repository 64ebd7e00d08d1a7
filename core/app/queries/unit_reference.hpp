// How answers name a unit.
#pragma once

#include "app/snapshot.hpp"
#include "base/json.hpp"
#include "org/id.hpp"

namespace zeren::app {

/// `{"code", "name"}` as they are today.
base::Json unit_reference(const Snapshot& snapshot, const org::UnitId& id);

}  // namespace zeren::app
