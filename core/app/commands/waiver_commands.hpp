// Waivers: the head of a unit lets another go below its floor, for a time.
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "base/civil_time.hpp"
#include "base/json.hpp"

namespace zeren::app {

struct WaiverRequest {
  std::string module;
  std::string parameter;
  std::string unit;        ///< code of the unit that may go below the floor
  std::string granted_by;  ///< code of the floor's owner, or of a unit above it
  base::Json value;
  std::string basis;
  base::Period valid;
};

/// For those who head `granted_by` today: a principal of it, or of its discipline body. An administrator cannot,
/// for it is no matter of running the system. Fails with Forbidden, ModuleNotEnabled, UnitUnknown, and as
/// RuleBook::plan_waiver().
Command grant_waiver(const access::Principal& principal, const WaiverRequest& wanted);

}  // namespace zeren::app
