// A module that was running when the host ended without notice is kept out until somebody has looked into it.
#pragma once

#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "modules/in_flight.hpp"

namespace zeren::app {

/// Quarantines every enabled module that `left` names, in one entry of the host itself; no rows when there is
/// none. Fails as Session::query(). Blocks.
base::Result<store::ChangeSet> quarantine(store::Session& session,
                                          const std::vector<modules::CallInFlight>& left);

/// Ends the quarantine: the module is loaded again at once. The entry keeps `reason`, what was found out. For
/// the system administrator. No entry when the module is not quarantined. Fails with ModuleNotEnabled, and
/// with StepReasonMissing when the reason is blank.
Command release_module(const access::Principal& principal, const std::string& module,
                       const std::string& reason);

}  // namespace zeren::app
