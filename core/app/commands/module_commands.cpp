#include "app/commands/module_commands.hpp"

#include "app/derivation.hpp"
#include "app/queries/unit_reference.hpp"
#include "audit/derived_digest.hpp"
#include "base/digest.hpp"
#include "records/obligation_rows.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;
using store::RowWrite;
using store::Value;

// A plan that read the organisation is stale when it moves.
store::ReadVersion read_of_organisation(const Snapshot& snapshot) {
  return {"epoch", {{"name", "org"}}, snapshot.organisation().epoch()};
}

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

Result<ChangeSet> plan_enable(Snapshot& snapshot, const Enablement& wanted,
                              const std::filesystem::path& packages) {
  const auto issuer = unit_called(snapshot, wanted.issuer);
  if (!issuer) return base::pass(issuer);
  const auto package = find_package(packages, wanted.module);
  if (!package) return base::pass(package);
  const auto row = snapshot.session.first(
      "SELECT version, digest, state, issuer, enabled_from FROM module WHERE id = :1",
      std::vector<Value>{wanted.module});
  if (!row) return base::pass(row);
  auto from = base::to_string(base::make_date(base::year_of(snapshot.today), 1, 1));
  if (*row) from = (*row)->text(4);
  if (wanted.enabled_from) from = base::to_string(*wanted.enabled_from);
  auto change = enabling(*package, from, *issuer, *row ? (*row)->integer(0) : 0);
  const bool stands = *row && (*row)->text(1) == base::to_base64(package->digest()) &&
                      (*row)->text(2) == "enabled" && (*row)->text(3) == issuer->value &&
                      (*row)->text(4) == from;
  if (stands) {
    change.rows.clear();
    change.act.action.clear();
  }
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
  auto rows = (*enabled)->rules.plan_layers(layers_of(*unit, settings, basis, valid_from),
                                            snapshot.organisation());
  if (!rows) return base::pass(std::move(rows));
  change.rows = std::move(*rows);
  for (const auto& setting : settings) {
    change.act.objects.push_back({"parameter", module + "." + setting.parameter, 0});
  }
  if (!change.rows.empty()) change.act.action = "rules.set";
  change.answer = {{"module", module}, {"changed", change.rows.size()}};
  return change;
}

Result<ChangeSet> plan_derive(Snapshot& snapshot, const base::Period& window) {
  const auto derived = derive_all(snapshot, reach_of(window));
  if (!derived) return base::pass(derived);
  const auto standing = records::load_obligations(snapshot.session);
  if (!standing) return base::pass(standing);
  auto plan = records::plan_derivation(*standing, derived->obligations, window);
  if (!plan) return base::pass(std::move(plan));
  ChangeSet change;
  change.answer = {{"added", plan->added},
                   {"moved", plan->moved},
                   {"superseded", plan->superseded},
                   {"undeclared_years", undeclared_in(*derived, window)}};
  if (plan->rows.empty()) return change;
  change.act.action = std::string(audit::kDeriveAction);
  change.act.committed = {{"from", base::to_string(window.from)},
                          {"to", base::to_string(window.to)},
                          {"counts", change.answer},
                          {std::string(audit::kDeriveDigest), plan->digest}};
  change.rows = std::move(plan->rows);
  change.reads.push_back(read_of_organisation(snapshot));
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
  for (const auto& setting : settings) {
    layers.push_back({unit, setting.parameter, setting.value, basis, valid_from, 0});
  }
  return layers;
}

Command enable_module(const access::Principal& principal, const Enablement& wanted,
                      const std::filesystem::path& packages) {
  return {"module.enable", [=](Snapshot& snapshot) -> Result<ChangeSet> {
            if (auto allowed = may_run(principal); !allowed) return base::pass(std::move(allowed));
            return plan_enable(snapshot, wanted, packages);
          }};
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
