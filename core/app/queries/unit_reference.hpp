// How requests and answers name a unit.
#pragma once

#include <string>

#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "org/id.hpp"

namespace zeren::app {

/// `{"code", "name"}` as they are today.
base::Json unit_reference(const Snapshot& snapshot, const org::UnitId& id);

/// Fails with UnitUnknown.
base::Result<org::UnitId> unit_called(const Snapshot& snapshot, const std::string& code);

}  // namespace zeren::app
