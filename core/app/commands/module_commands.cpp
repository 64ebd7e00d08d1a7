#include "app/commands/module_commands.hpp"

#include <set>

#include "app/derivation.hpp"
#include "app/epochs.hpp"
#include "app/settled.hpp"
#include "app/queries/unit_reference.hpp"
#include "audit/derived_digest.hpp"
#include "base/digest.hpp"
#include "modules/load_order.hpp"
#include "records/obligation_rows.hpp"
#include "records/record_index.hpp"
#include "records/up_cast.hpp"

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

/// What is needed and in force; and that no circle closes once `package` replaces what stands.
Result<void> check_needs(const Snapshot& snapshot, const manifest::Manifest& manifest) {
  std::map<std::string, std::string> in_force;
  std::vector<modules::Candidate> all{
      {manifest.id(), manifest.version(), manifest.required_modules()}};
  for (const auto& [id, enabled] : snapshot.modules().all()) {
    if (id == manifest.id()) continue;
    in_force.emplace(id, enabled.version);
    all.push_back({id, enabled.version, enabled.module->manifest().required_modules()});
  }
  const auto circular = modules::load_order(all).circular;
  const auto found = circular.find(manifest.id());
  if (found != circular.end()) return tl::unexpected<base::Error>(found->second);
  auto unmet = modules::unmet_need(all.front(), in_force, snapshot.modules().refused());
  if (unmet) return tl::unexpected<base::Error>(std::move(*unmet));
  return {};
}

/// The package in the store. Planning has no effects, and this has none that shows: the copy is found by its
/// digest, made once however often the plan is, and goes with the next prune when nobody approves it.
Result<manifest::Package> stored_package(const std::string& module, const PackagePlaces& places) {
  auto delivered = find_package(places.delivered, module);
  if (!delivered) return delivered;
  return places.store.add(*delivered);
}

// The oldest version in which contents of the type are stored; none: `otherwise`.
Result<std::int64_t> oldest_version(Snapshot& snapshot, const std::string& module, const std::string& type,
                                    std::int64_t otherwise) {
  const auto row = snapshot.session.first(
      "SELECT MIN(schema_version) FROM record WHERE module = :1 AND type = :2",
      std::vector<Value>{module, type});
  if (!row) return base::pass(row);
  return (*row)->optional_integer(0).value_or(otherwise);
}

/// What is stored must be readable as contents of the new types, and is indexed as they say.
Result<std::vector<RowWrite>> plan_types(Snapshot& snapshot, const manifest::Manifest& manifest) {
  std::vector<RowWrite> index;
  const auto before = snapshot.modules().find(manifest.id());
  if (!before) return index;
  const auto& old = (*before)->module->manifest().section("record_types");
  const auto types = records::read_record_types(manifest.id(), manifest.section("record_types"),
                                                manifest.section("roles"));
  if (!types) return base::pass(types);
  for (const auto& [key, type] : *types) {
    const auto was = old.find(key);
    if (was == old.end()) continue;
    const auto oldest = oldest_version(snapshot, manifest.id(), key, type.schema_version);
    if (!oldest) return base::pass(oldest);
    auto fits = records::check_replaces(key, *was, manifest.section("record_types").at(key), *oldest);
    if (!fits) return base::pass(std::move(fits));
    auto rows = records::plan_reindex(snapshot.session, type);
    if (!rows) return rows;
    index.insert(index.end(), rows->begin(), rows->end());
  }
  return index;
}

Result<ChangeSet> plan_enable(Snapshot& snapshot, const Enablement& wanted,
                              const PackagePlaces& places) {
  const auto issuer = unit_called(snapshot, wanted.issuer);
  if (!issuer) return base::pass(issuer);
  const auto package = stored_package(wanted.module, places);
  if (!package) return base::pass(package);
  if (auto met = check_needs(snapshot, package->manifest()); !met) return base::pass(std::move(met));
  const auto row = snapshot.session.first(
      "SELECT version, digest, state, issuer, enabled_from FROM module WHERE id = :1",
      std::vector<Value>{wanted.module});
  if (!row) return base::pass(row);
  const bool same = *row && (*row)->text(1) == base::to_base64(package->digest());
  if (same && (*row)->text(2) == kQuarantined) {
    return base::fail(Code::ModuleQuarantined, {{"module", wanted.module}});
  }
  auto from = base::to_string(base::make_date(base::year_of(snapshot.today), 1, 1));
  if (*row) from = (*row)->text(4);
  if (wanted.enabled_from) from = base::to_string(*wanted.enabled_from);
  // Issuer and first day decide what is owed and what is red: they are given once.
  const bool moves = *row && ((*row)->text(3) != issuer->value || (*row)->text(4) != from);
  if (moves) return base::fail(Code::ModuleAlreadyEnabled, {{"module", wanted.module}});
  auto change = enabling(*package, from, *issuer, *row ? (*row)->integer(0) : 0);
  auto index = plan_types(snapshot, package->manifest());
  if (!index) return base::pass(std::move(index));
  change.rows.insert(change.rows.end(), index->begin(), index->end());
  // What is approved and out of force is approved again: that loads it, now that the store has it whole.
  const bool stands = same && (*row)->text(3) == issuer->value && (*row)->text(4) == from &&
                      snapshot.modules().find(wanted.module).has_value();
  if (stands) {
    change.rows.clear();
    change.act.action.clear();
    return change;
  }
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

Result<ChangeSet> plan_derive(Snapshot& snapshot, const base::Period& window) {
  const auto standing = records::load_obligations(snapshot.session);
  if (!standing) return base::pass(standing);
  auto derived = derive_all(snapshot, reach_of(window), *standing);
  if (!derived) return base::pass(derived);
  if (auto kept = keep_settled(snapshot, *standing, *derived); !kept) return base::pass(std::move(kept));
  const auto filed = records::filed_obligations(snapshot.session);
  if (!filed) return base::pass(filed);
  auto plan = records::plan_derivation(*standing, derived->obligations, window, *filed);
  if (!plan) return base::pass(std::move(plan));
  ChangeSet change;
  change.answer = {{"added", plan->added},
                   {"moved", plan->moved},
                   {"superseded", plan->superseded},
                   {"undeclared_years", undeclared_in(*derived, window)},
                   {"missing_recipients", missing_recipients(snapshot, *derived, window)}};
  if (plan->rows.empty()) return change;
  change.act.action = std::string(audit::kDeriveAction);
  change.act.committed = {{"from", base::to_string(window.from)},
                          {"to", base::to_string(window.to)},
                          {"counts", {{"added", plan->added},
                                      {"moved", plan->moved},
                                      {"superseded", plan->superseded}}},
                          {"calendars", snapshot.calendar().digest()},
                          {std::string(audit::kDeriveDigest), plan->digest}};
  change.rows = std::move(plan->rows);
  change.reads.push_back(read_of_organisation(snapshot));
  change.reads.push_back(read_of_rules(snapshot));
  for (const auto& [id, module] : snapshot.modules().all()) {
    change.reads.push_back({"module", {{"id", id}}, module.row_version});
  }
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
  return {"module.enable", [=](Snapshot& snapshot) -> Result<ChangeSet> {
            if (auto allowed = may_run(principal); !allowed) return base::pass(std::move(allowed));
            return plan_enable(snapshot, wanted, places);
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
  return {std::string(audit::kDeriveAction), [=](Snapshot& snapshot) -> Result<ChangeSet> {
            if (auto allowed = may_run(principal); !allowed) return base::pass(std::move(allowed));
            return plan_derive(snapshot, window);
          }};
}

}  // namespace zeren::app
