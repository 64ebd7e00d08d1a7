// Roles: what a module calls those who act in it, and through which posts a person holds one. A step names
// roles, never accounts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/civil_time.hpp"
#include "base/json.hpp"
#include "org/organisation.hpp"
#include "rules/sensitivity.hpp"

namespace zeren::rules {

struct Role {
  std::string key;
  base::Json title;                       ///< {"en", "zh-CN"}
  std::vector<std::string> post_classes;  ///< of org::post_classes()
  Sensitivity clearance = Sensitivity::Sensitive;  ///< the most sensitive records it sees
  std::vector<std::string> groups = {};            ///< of fields, that it sees and fills in
};

/// A role that somebody holds in one unit, and in what capacity.
struct HeldRole {
  std::string role;
  org::UnitId unit;
  std::string mode;  ///< of org::appointment_modes(): shown wherever the person acts
  std::string post_title;
  bool operator==(const HeldRole&) const = default;
};

/// The roles of one module.
class RoleBook final {
 public:
  /// From the manifest's section `roles`, which its schema has checked.
  static RoleBook from_manifest(const base::Json& section);

  /// null when the module has no such role.
  const Role* find(std::string_view key) const;

  /// What `person` holds on `on`, in the order of the person's appointments. Any thread.
  std::vector<HeldRole> held_by(const org::Organisation& organisation, const org::PersonId& person,
                                const org::AsOf& on) const;

 private:
  std::map<std::string, Role, std::less<>> roles_;
};

}  // namespace zeren::rules
