// Enabling modules, setting their parameters, deriving what is owed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "app/settings_file.hpp"
#include "base/civil_time.hpp"
#include "base/json.hpp"
#include "modules/package_store.hpp"
#include "rules/rule_book.hpp"

namespace zeren::app {

struct Enablement {
  std::string module;
  std::string issuer;       ///< code of the unit that introduces it; empty: as it stands
  std::optional<base::Date> enabled_from;  ///< absent: as it stands, or the first day of this year
};

/// Where packages are delivered, and where those approved are kept.
struct PackagePlaces {
  std::filesystem::path delivered;
  modules::PackageStore store;
};

/// Verifies the package that was delivered, copies it into the store, sees whether its library starts, and enables
/// the module, or approves the package that replaces the one enabled. The entry names version and digest. For the
/// system administrator. No entry when nothing changes. Fails with ModuleUnknown, UnitUnknown, ModuleAlreadyEnabled,
/// ModuleQuarantined for the very package that is quarantined (another one may mend it), and as check_package(),
/// plan_types(), PackageStore::add() and StartTrial: then what was in force stays.
Command enable_module(const access::Principal& principal, const Enablement& wanted,
                      const PackagePlaces& places);

/// Takes the module out of force; the entry keeps `reason`. Its records and obligations stay stored, as they are, and
/// are shown to nobody: nothing of it is owed or red. enable_module() brings it back, with the issuer and the first
/// day it had. For the system administrator. Fails with ModuleNotEnabled, with StepReasonMissing when the reason is
/// blank, and with ModuleDependencyMissing while a module in force needs it.
Command disable_module(const access::Principal& principal, const std::string& module, const std::string& reason);

/// Removes from the store the packages that no module is approved with any more, but for those of the last hour;
/// `{removed: [hex digest]}`. The entry comes first and names what stays. For the system administrator. Fails as
/// PackageStore::prune(). Blocks.
base::Result<base::Json> prune_packages(Host& host, const Caller& caller);

/// Values that the unit `issuer` sets for the module, from `valid_from` on. Fails as
/// RuleBook::plan_layer(), check_settled(), ModuleNotEnabled, UnitUnknown.
Command set_parameters(const access::Principal& principal, const std::string& module, const std::string& issuer,
                       const std::vector<Setting>& settings, const std::string& basis, base::Date valid_from);

/// The layers that set_parameters() would set.
std::vector<rules::Layer> layers_of(const org::UnitId& unit, const std::vector<Setting>& settings,
                                    const std::string& basis, base::Date valid_from);

/// Derives what falls due in `window` under all modules in force. Idempotent; the entry commits to the
/// digest of the table. The answer counts what was added, moved and superseded, and names the years without a
/// calendar table that had a say in a date.
Command derive_obligations(const access::Principal& principal, base::Period window);

}  // namespace zeren::app
