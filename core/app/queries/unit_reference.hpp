// How requests and answers name a unit, and who acted.
#pragma once

#include <string>

#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "org/id.hpp"

namespace zeren::app {

/// `{"code", "name"}` as they are today.
base::Json unit_reference(const Snapshot& snapshot, const org::UnitId& id);

/// The name of whose account it is; empty for an account that never belonged to a person, and for none.
/// Fails as Session::first(). Blocks.
base::Result<std::string> name_behind(const Snapshot& snapshot, const std::string& account);

/// Fails with UnitUnknown.
base::Result<org::UnitId> unit_called(const Snapshot& snapshot, const std::string& code);

}  // namespace zeren::app
