#include "app/commands/module_commands.hpp"

#include <memory>
#include <set>

#include "app/commands/package_check.hpp"
#include "app/derivation_run.hpp"
#include "app/epochs.hpp"
#include "app/settled.hpp"
#include "app/queries/unit_reference.hpp"
#include "audit/derived_digest.hpp"
#include "base/digest.hpp"
#include "base/unicode.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;
using store::RowWrite;
using store::Value;

ChangeSet enabling(const manifest::Package& package, const std::string& enabled_from,
                   const org::UnitId& issuer, std::int64_t version) {
  const auto& manifest = package.manifest();
  const auto digest = base::to_base64(package.digest());
  ChangeSet change;
  change.act.action = version == 0 ? "module.enable" : "module.approve";
  change.act.unit = issuer.value;
  change.act.module = manifest.id();
  change.act.module_version = manifest.version();
  change.act.module_digest =
      package.library_digest() ? base::to_base64(*package.library_digest()) : digest;
  change.act.objects = {{"module", manifest.id(), version + 1}};
  change.reads.push_back({"module", {{"id", manifest.id()}}, version});
  change.rows.push_back({version == 0 ? RowWrite::Kind::Insert : RowWrite::Kind::Update,
                         "module",
                         {{"id", manifest.id()}},
                         {{"version", version + 1},
                          {"module_version", manifest.version()},
                          {"digest", digest},
                          {"state", "enabled"},
                          {"issuer", issuer.value},
                          {"enabled_from", enabled_from}}});
  change.answer = {{"module", manifest.id()}, {"version", manifest.version()}, {"digest", digest}};
  return change;
}

/// The unit that introduces the module, and from when. They decide what is owed and what is red: they are given once.
struct Introduction {
  org::UnitId issuer;
  std::string from;
};

Result<Introduction> introduction(const Snapshot& snapshot, const Enablement& wanted,
                                  const std::optional<store::Row>& row) {
  Introduction given{{}, base::to_string(base::make_date(base::year_of(snapshot.today), 1, 1))};
  if (row) given = {{row->text(3)}, row->text(4)};
  if (!row && wanted.issuer.empty()) {
    return base::fail(Code::RequestMalformed, {{"reason", "say which unit introduces the module (issuer)"},
                                               {"reason.zh-CN", "请指明启用模块的单位（issuer）"}});
  }
  if (!wanted.issuer.empty()) {
    auto issuer = unit_called(snapshot, wanted.issuer);
    if (!issuer) return base::pass(std::move(issuer));
    given.issuer = *issuer;
  }
  if (wanted.enabled_from) given.from = base::to_string(*wanted.enabled_from);
  const bool moves = row && (row->text(3) != given.issuer.value || row->text(4) != given.from);
  if (moves) return base::fail(Code::ModuleAlreadyEnabled, {{"module", wanted.module}});
  return given;
}

bool is_in_force(const Snapshot& snapshot, const manifest::Package& package) {
  const auto found = snapshot.modules().all().find(package.manifest().id());
  return found != snapshot.modules().all().end() && found->second.module->digest() == package.digest();
}

/// Adds what puts the package in the place of what stands, once it is known to run. The copy in the store has no
/// effect that shows: it is found by its digest, and goes with the next prune when nobody approves it.
Result<ChangeSet> replacing(Snapshot& snapshot, ChangeSet change, const manifest::Package& package,
                            const PackagePlaces& places, StartTrial& trial) {
  if (auto sound = check_package(snapshot, package); !sound) return base::pass(std::move(sound));
  auto index = plan_types(snapshot, package, places.store);
  if (!index) return base::pass(std::move(index));
  const auto stored = places.store.add(package);
  if (!stored) return base::pass(stored);
  if (auto starts = trial.of(*stored); !starts) return base::pass(std::move(starts));
  change.rows.insert(change.rows.end(), index->begin(), index->end());
  bump_rules(change, snapshot);
  return change;
}

Result<ChangeSet> plan_enable(Snapshot& snapshot, const Enablement& wanted, const PackagePlaces& places,
                              StartTrial& trial) {
  const auto package = find_package(places.delivered, wanted.module);
  if (!package) return base::pass(package);
  const auto row = snapshot.session.first(
      "SELECT version, digest, state, issuer, enabled_from FROM module WHERE id = :1",
      std::vector<Value>{wanted.module});
  if (!row) return base::pass(row);
  const bool same = *row && (*row)->text(1) == base::to_base64(package->digest());
  if (same && (*row)->text(2) == kQuarantined) {
    return base::fail(Code::ModuleQuarantined, {{"module", wanted.module}});
  }
  const auto given = introduction(snapshot, wanted, *row);
  if (!given) return base::pass(given);
  auto change = enabling(*package, given->from, given->issuer, *row ? (*row)->integer(0) : 0);
  // What is approved and out of force is approved again: that loads it, now that the store has it whole.
  if (!same || !is_in_force(snapshot, *package)) {
    return replacing(snapshot, std::move(change), *package, places, trial);
  }
  const auto stored = places.store.add(*package);  // mends a copy in which a byte changed
  if (!stored) return base::pass(stored);
  change.rows.clear();
  change.act.action.clear();
  return change;
}

/// That nobody in force needs it.
Result<void> check_unneeded(const Snapshot& snapshot, const std::string& module) {
  for (const auto& [id, enabled] : snapshot.modules().all()) {
    for (const auto& need : enabled.module->manifest().required_modules()) {
      if (need.id != module) continue;
      return base::fail(Code::ModuleDependencyMissing, {{"module", id},
                                                        {"needs", module},
                                                        {"version", need.version},
                                                        {"found", "it is in force"},
                                                        {"found.zh-CN", "该模块仍在生效"},
                                                        {"remedy", "disable " + id + " first"},
                                                        {"remedy.zh-CN", "请先停用 " + id}});
    }
  }
  return {};
}

Result<ChangeSet> plan_disable(Snapshot& snapshot, const std::string& module, const std::string& reason) {
  if (base::is_blank(reason)) return base::fail(Code::StepReasonMissing, {{"step", "disable"}});
  const auto row = snapshot.session.first("SELECT version, state FROM module WHERE id = :1",
                                          std::vector<Value>{module});
  if (!row) return base::pass(row);
  if (!*row || (*row)->text(1) == kDisabled) return base::fail(Code::ModuleNotEnabled, {{"module", module}});
  if (auto unneeded = check_unneeded(snapshot, module); !unneeded) return base::pass(std::move(unneeded));
  const auto version = (*row)->integer(0);
  ChangeSet change;
  change.act.action = "module.disable";
  change.act.module = module;
  change.act.committed["reason"] = reason;
  change.act.objects = {{"module", module, version + 1}};
  change.reads.push_back({"module", {{"id", module}}, version});
  change.rows.push_back({RowWrite::Kind::Update,
                         "module",
                         {{"id", module}},
                         {{"version", version + 1}, {"state", std::string(kDisabled)}}});
  change.answer = {{"module", module}, {"state", kDisabled}};
  bump_rules(change, snapshot);
  return change;
}

Result<ChangeSet> plan_prune(Snapshot& snapshot) {
  const auto rows = snapshot.session.query("SELECT digest FROM module ORDER BY digest");
  if (!rows) return base::pass(rows);
  auto kept = Json::array();
  for (const auto& row : *rows) kept.push_back(row.text(0));
  ChangeSet change;
  change.act.action = "module.prune";
  change.act.committed["kept"] = kept;
  change.answer = {{"kept", std::move(kept)}};
  return change;
}

Result<ChangeSet> plan_settings(Snapshot& snapshot, const std::string& module,
                                const std::string& issuer, const std::vector<Setting>& settings,
                                const std::string& basis, base::Date valid_from) {
  const auto enabled = snapshot.modules().find(module);
  if (!enabled) return base::pass(enabled);
  const auto unit = unit_called(snapshot, issuer);
  if (!unit) return base::pass(unit);
  ChangeSet change;
  change.act.unit = unit->value;
  change.act.module = module;
  change.reads.push_back(read_of_organisation(snapshot));
  const auto layers = layers_of(*unit, settings, basis, valid_from);
  auto rows = (*enabled)->rules.plan_layers(layers, snapshot.organisation());
  if (!rows) return base::pass(std::move(rows));
  if (auto kept = check_settled(snapshot, **enabled, layers); !kept) return base::pass(std::move(kept));
  change.rows = std::move(*rows);
  for (const auto& setting : settings) {
    change.act.objects.push_back({"parameter", module + "." + setting.parameter, 0});
  }
  change.answer = {{"module", module}, {"changed", change.rows.size()}};
  if (change.rows.empty()) return change;
  change.act.action = "rules.set";
  bump_rules(change, snapshot);
  return change;
}

Result<void> may_run(const access::Principal& principal) {
  return access::require(principal, access::Duty::RunModules);
}

}  // namespace

std::vector<rules::Layer> layers_of(const org::UnitId& unit, const std::vector<Setting>& settings,
                                    const std::string& basis, base::Date valid_from) {
  std::vector<rules::Layer> layers;
  layers.reserve(settings.size());
  for (const auto& setting : settings) {
    layers.push_back({unit, setting.parameter, setting.value, basis, valid_from, 0});
  }
  return layers;
}

Command enable_module(const access::Principal& principal, const Enablement& wanted,
                      const PackagePlaces& places) {
  // Shared by the copies of the command: a plan that is made again does not start the library again.
  const auto trial = std::make_shared<StartTrial>();
  return {"module.enable", [=](Snapshot& snapshot) -> Result<ChangeSet> {
            if (auto allowed = may_run(principal); !allowed) return base::pass(std::move(allowed));
            return plan_enable(snapshot, wanted, places, *trial);
          }};
}

Command disable_module(const access::Principal& principal, const std::string& module, const std::string& reason) {
  return {"module.disable", [=](Snapshot& snapshot) -> Result<ChangeSet> {
            if (auto allowed = may_run(principal); !allowed) return base::pass(std::move(allowed));
            return plan_disable(snapshot, module, reason);
          }};
}

Result<Json> prune_packages(Host& host, const Caller& caller) {
  const Command command{"module.prune", [&](Snapshot& snapshot) -> Result<ChangeSet> {
                          auto allowed = may_run(caller.principal);
                          if (!allowed) return base::pass(std::move(allowed));
                          return plan_prune(snapshot);
                        }};
  const auto planned = host.execute(caller, command);
  if (!planned) return base::pass(planned);
  std::set<base::Digest> keep;
  for (const auto& text : planned->at("kept")) {
    if (const auto digest = base::digest_from_base64(text.get<std::string>())) keep.insert(*digest);
  }
  // What was approved since the plan was made was added since, too.
  constexpr std::chrono::hours kHour{1};
  const auto removed =
      host.store().prune(keep, std::filesystem::file_time_type::clock::now() - kHour);
  if (!removed) return base::pass(removed);
  return Json{{"removed", *removed}};
}

Command set_parameters(const access::Principal& principal, const std::string& module, const std::string& issuer,
                       const std::vector<Setting>& settings, const std::string& basis, base::Date valid_from) {
  return {"rules.set", [=](Snapshot& snapshot) -> Result<ChangeSet> {
            if (auto allowed = may_run(principal); !allowed) return base::pass(std::move(allowed));
            return plan_settings(snapshot, module, issuer, settings, basis, valid_from);
          }};
}

Command derive_obligations(const access::Principal& principal, base::Period window) {
  // Lives as long as the command, from one part to the next.
  return {std::string(audit::kDeriveAction),
          [principal, run = std::make_shared<DerivationRun>(window)](Snapshot& snapshot) -> Result<ChangeSet> {
            if (auto allowed = may_run(principal); !allowed) return base::pass(std::move(allowed));
            return run->next(snapshot);
          }};
}

}  // namespace zeren::app
