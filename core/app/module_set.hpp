// The modules in force, each with what its manifest declares in the form that rules and records use.
// Immutable: made anew when a module is enabled or a rule changes, and swapped as one.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "modules/module.hpp"
#include "modules/package_store.hpp"
#include "org/id.hpp"
#include "records/catalogue.hpp"
#include "records/obligation.hpp"
#include "records/record_type.hpp"
#include "rules/roles.hpp"
#include "rules/rule_book.hpp"
#include "store/session.hpp"

namespace zeren::app {

/// `module.state` of a module that was running when the host ended without notice.
inline constexpr std::string_view kQuarantined = "quarantined";

/// `module.state` of a module that the administrator took out of force.
inline constexpr std::string_view kDisabled = "disabled";

/// Names the epoch that every layer, waiver and approval bumps (app/epochs.hpp).
inline constexpr std::string_view kRulesEpoch = "rules";

/// What a manifest declares, as rules and records use it.
struct Declared {
  rules::RoleBook roles;
  rules::RuleBook rules;
  records::RecordTypes types;
  std::vector<records::ObligationRule> obligations;
  records::Catalogues catalogues;                ///< as shipped
  std::map<std::string, std::string> additions;  ///< catalogue to the parameter by which a locality adds to it
};

/// With the layers and waivers that are stored. Fails with what makes the manifest unusable, at its place in
/// module.json: as rules::read_parameters(), records::read_record_types() and read_obligation_rules(); and as
/// Session::query(). Blocks.
base::Result<Declared> interpret(store::Session& session, const manifest::Manifest& manifest);

struct EnabledModule : Declared {
  std::string id;
  std::string version;
  org::UnitId issuer;       ///< the unit that introduced it; binds those below
  base::Date enabled_from;  ///< what was due before is never red
  std::int64_t row_version = 0;
  std::shared_ptr<modules::Module> module;  ///< shared with the sets before and after this one
  std::set<std::string> uses = {};  ///< of the modules that its manifest calls optional, those in force
};

/// Where libraries come from, and where calls into them are noted.
struct ModuleSource {
  const modules::PackageStore& store;
  modules::InFlight* in_flight = nullptr;
};

class ModuleSet final {
 public:
  /// What the table `module` says is enabled, each after those it needs. A library that `before` has loaded
  /// is kept: it is never opened twice. A module that is quarantined, cannot be loaded, or needs what is not
  /// in force is left out and refused() says why. Fails as Session::query(). Blocks.
  static base::Result<std::shared_ptr<const ModuleSet>> load(store::Session& session,
                                                             const ModuleSource& source,
                                                             const ModuleSet* before);

  const std::map<std::string, EnabledModule>& all() const { return modules_; }

  /// Version of the epoch kRulesEpoch that this set was made from.
  std::int64_t rules_epoch() const { return rules_epoch_; }

  /// Enabled modules that are not in force, with what is wrong with them.
  const std::map<std::string, base::Error>& refused() const { return refused_; }

  /// Fails with ModuleNotEnabled, or with what a refused module is refused for.
  base::Result<const EnabledModule*> find(const std::string& id) const;

  /// Fails with ModuleNotEnabled or RecordTypeUnknown.
  base::Result<const records::RecordType*> type(const std::string& module,
                                                const std::string& type) const;

 private:
  void refuse(const std::string& id, base::Error why);
  base::Result<void> see_each_other();

  std::int64_t rules_epoch_ = 0;
  std::map<std::string, EnabledModule> modules_;
  std::map<std::string, base::Error> refused_;
};

/// The package `packages`/`id` as delivered, verified. Fails with ModuleUnknown, with ManifestSchema when
/// the module in it has another id, and as Package::verify().
base::Result<manifest::Package> find_package(const std::filesystem::path& packages,
                                             const std::string& id);

}  // namespace zeren::app
