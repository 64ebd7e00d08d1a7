// What is in force and why, and what a change would do before anybody makes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/page.hpp"
#include "app/queries/ledger_queries.hpp"
#include "app/settings_file.hpp"
#include "base/civil_time.hpp"

namespace zeren::app {

/// `{module, unit, on, items: [{parameter, title, type, order, default, value, set_by, basis, version, beside,
/// floors, waiver}]}`: for any principal, since rules are there to be known. `on` is today unless given. Fails
/// with ModuleNotEnabled or UnitUnknown.
Query explain_parameters(const std::string& module, const std::string& unit,
                         std::optional<base::Date> on);

/// A page of `{items: [{parameter, title, unit, value, basis, granted_by, valid_from, valid_to, in_force}], next}`: what
/// was ever waived of the module's floors, by unit, parameter and first day; for any principal, likewise. Fails with
/// ModuleNotEnabled and CursorInvalid.
Query list_waivers(const std::string& module, const Page& page);

struct Trial {
  std::string module;
  std::string issuer;  ///< code of the unit that would set them
  std::vector<Setting> settings;
  std::string basis;
  std::optional<base::Date> valid_from;  ///< today unless given
};

/// `{from, to, counts, appear, move, overdue, vanish, undeclared_years}`: the obligations of this year and the
/// next that would be there, be due on another day, be past due at once, or be there no longer, if the settings
/// were in force; nothing is written. What is shown of each kind is cut at kMaxShown. For the system administrator.
/// Fails as set_parameters().
Query try_parameters(const access::Principal& principal, const Trial& trial);
inline constexpr std::size_t kMaxShown = 500;

}  // namespace zeren::app
