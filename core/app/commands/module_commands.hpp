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
#include "rules/rule_book.hpp"

namespace zeren::app {

struct Enablement {
  std::string module;
  std::string issuer;       ///< code of the unit that introduces it
  std::optional<base::Date> enabled_from;  ///< absent: as it stands, or the first day of this year
};

/// Verifies the package and enables the module, or approves the package that has replaced the one enabled.
/// The entry names version and digest. For the system administrator. No entry when nothing changes. Fails
/// with ModuleUnknown, UnitUnknown, and as Package::verify().
Command enable_module(const access::Principal& principal, const Enablement& wanted,
                      const std::filesystem::path& packages);

/// Values that the unit `issuer` sets for the module, from `valid_from` on. Fails as
/// RuleBook::plan_layer(), ModuleNotEnabled, UnitUnknown.
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
