#include "app/module_set.hpp"

#include <spdlog/spdlog.h>

#include <optional>
#include <utility>

#include "base/digest.hpp"
#include "base/messages.hpp"
#include "manifest/active_parts.hpp"
#include "manifest/version.hpp"
#include "modules/load_order.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

/// One row of `module`, and what it was found to stand for.
struct Approved {
  const store::Row* row;
  std::shared_ptr<modules::Module> loaded;  ///< kept from the set before
  std::optional<manifest::Package> package;  ///< else to be loaded

  const manifest::Manifest& manifest() const {
    return loaded ? loaded->manifest() : package->manifest();
  }
};

std::shared_ptr<modules::Module> kept(const ModuleSet* before, const std::string& id,
                                      const base::Digest& digest) {
  if (before == nullptr) return nullptr;
  const auto known = before->all().find(id);
  if (known == before->all().end() || known->second.module->digest() != digest) return nullptr;
  return known->second.module;
}

Result<Approved> approved(const store::Row& row, const ModuleSource& source,
                          const ModuleSet* before) {
  const auto id = row.text(0);
  if (row.text(5) == kQuarantined) return base::fail(Code::ModuleQuarantined, {{"module", id}});
  const auto digest = base::digest_from_base64(row.text(2));
  if (!digest) return base::fail(Code::PackageFileModified, {{"file", "MANIFEST"}});
  if (auto loaded = kept(before, id, *digest)) return Approved{&row, std::move(loaded), {}};
  auto package = source.store.find(*digest);
  if (!package) return base::pass(std::move(package));
  return Approved{&row, nullptr, std::move(*package)};
}

std::map<std::string, std::string> additions_of(const Json& parameters) {
  std::map<std::string, std::string> additions;
  for (const auto& [key, body] : parameters.items()) {
    if (body.contains("catalogue")) additions.emplace(body.at("catalogue").get<std::string>(), key);
  }
  return additions;
}

/// The same error, where `pointer` and its own lead in module.json.
base::Error placed(base::Error error, const manifest::Manifest& manifest, const std::string& pointer) {
  if (error.where.file.empty()) error.where = manifest.where(pointer + error.where.pointer);
  return error;
}

// One by one, so that an error has its place.
Result<rules::Parameters> parameters_of(const manifest::Manifest& manifest) {
  rules::Parameters all;
  for (const auto& [key, body] : manifest.section("parameters").items()) {
    auto one = rules::read_parameters(Json::object({{key, body}}));
    if (!one) {
      return tl::unexpected<base::Error>(placed(std::move(one).error(), manifest, "/parameters/" + key));
    }
    all.merge(*one);
  }
  return all;
}

Result<std::vector<records::ObligationRule>> obligations_of(const manifest::Manifest& manifest) {
  std::vector<records::ObligationRule> all;
  for (const auto& [key, body] : manifest.section("obligations").items()) {
    auto one = records::read_obligation_rules(manifest.id(), Json::object({{key, body}}));
    if (!one) {
      return tl::unexpected<base::Error>(placed(std::move(one).error(), manifest, "/obligations/" + key));
    }
    all.push_back(std::move(one->front()));
  }
  return all;
}

/// As they are while `present`, of the modules it uses, are in force.
Result<records::RecordTypes> types_of(const manifest::Manifest& manifest, const std::set<std::string>& present) {
  auto types = records::read_record_types(manifest.id(),
                                          manifest::active_parts(manifest.section("record_types"), present),
                                          manifest.section("roles"), manifest.events_told());
  if (types) return types;
  return tl::unexpected<base::Error>(placed(std::move(types).error(), manifest, "/record_types"));
}

std::set<std::string> used_modules(const manifest::Manifest& manifest,
                                   const std::map<std::string, EnabledModule>& in_force) {
  std::set<std::string> present;
  for (const auto& used : manifest.optional_modules()) {
    const auto found = in_force.find(used.id);
    const bool fits = found != in_force.end() && manifest::is_at_least(found->second.version, used.version);
    if (fits) present.insert(used.id);
  }
  return present;
}

Result<EnabledModule> enabled(store::Session& session, const store::Row& row,
                              const std::shared_ptr<modules::Module>& module) {
  const auto& manifest = module->manifest();
  const auto from = base::parse_date(row.text(4));
  if (!from) return base::pass(from);
  auto declared = interpret(session, manifest);
  if (!declared) return base::pass(std::move(declared));
  return EnabledModule{std::move(*declared), manifest.id(),  manifest.version(),
                       {row.text(3)},        *from,          row.integer(1),
                       module};
}

modules::Candidate candidate_of(const Approved& approved) {
  const auto& manifest = approved.manifest();
  return {manifest.id(), manifest.version(), manifest.required_modules(), manifest.optional_modules()};
}

modules::LoadOrder load_order_of(const std::map<std::string, Approved>& all) {
  std::vector<modules::Candidate> candidates;
  candidates.reserve(all.size());
  for (const auto& [id, approved] : all) candidates.push_back(candidate_of(approved));
  return modules::load_order(candidates);
}

Result<void> check_needs(const Approved& approved, const ModuleSet& so_far) {
  std::map<std::string, std::string> in_force;
  for (const auto& [id, module] : so_far.all()) in_force.emplace(id, module.version);
  auto unmet = modules::unmet_need(candidate_of(approved), in_force, so_far.refused());
  if (unmet) return tl::unexpected<base::Error>(std::move(*unmet));
  return {};
}

Result<EnabledModule> bring_in(store::Session& session, Approved approved,
                               const ModuleSource& source, const ModuleSet& so_far) {
  if (auto met = check_needs(approved, so_far); !met) return base::pass(std::move(met));
  if (!approved.loaded) {
    auto loaded = modules::Module::load(std::move(*approved.package), modules::kStartBudget,
                                        source.in_flight);
    if (!loaded) return base::pass(std::move(loaded));
    approved.loaded = std::move(*loaded);
  }
  return enabled(session, *approved.row, approved.loaded);
}

}  // namespace

Result<Declared> interpret(store::Session& session, const manifest::Manifest& manifest) {
  const auto& id = manifest.id();
  auto parameters = parameters_of(manifest);
  if (!parameters) return base::pass(std::move(parameters));
  auto rules = rules::RuleBook::load(session, id, std::move(*parameters));
  if (!rules) return base::pass(std::move(rules));
  auto types = types_of(manifest, {});
  if (!types) return base::pass(std::move(types));
  auto obligations = obligations_of(manifest);
  if (!obligations) return base::pass(std::move(obligations));
  return Declared{rules::RoleBook::from_manifest(manifest.section("roles")), std::move(*rules),
                  std::move(*types), std::move(*obligations),
                  records::read_catalogues(manifest.section("catalogues")),
                  additions_of(manifest.section("parameters"))};
}

Result<void> ModuleSet::see_each_other() {
  for (auto& [id, module] : modules_) {
    const auto& manifest = module.module->manifest();
    module.uses = used_modules(manifest, modules_);
    if (module.uses.empty()) continue;
    auto types = types_of(manifest, module.uses);
    if (!types) return base::pass(std::move(types));
    module.types = std::move(*types);
  }
  return {};
}

void ModuleSet::refuse(const std::string& id, base::Error why) {
  spdlog::error("module {} stays out: {}", id, base::report_of(why));
  refused_.insert_or_assign(id, std::move(why));
}

Result<std::shared_ptr<const ModuleSet>> ModuleSet::load(store::Session& session,
                                                         const ModuleSource& source,
                                                         const ModuleSet* before) {
  const auto rows = session.query(
      "SELECT id, version, digest, issuer, enabled_from, state FROM module"
      " WHERE state IN ('enabled', 'quarantined') ORDER BY id");
  if (!rows) return base::pass(rows);
  const auto epoch = session.first("SELECT version FROM epoch WHERE name = :1",
                                   std::vector<store::Value>{std::string(kRulesEpoch)});
  if (!epoch) return base::pass(epoch);
  auto set = std::make_shared<ModuleSet>();
  set->rules_epoch_ = *epoch ? (*epoch)->integer(0) : 0;
  std::map<std::string, Approved> found;
  for (const auto& row : *rows) {
    auto one = approved(row, source, before);
    if (one) {
      found.emplace(row.text(0), std::move(*one));
    } else {
      set->refuse(row.text(0), std::move(one).error());
    }
  }
  auto plan = load_order_of(found);
  for (auto& [id, why] : plan.circular) set->refuse(id, std::move(why));
  for (const auto& id : plan.order) {
    auto enabled = bring_in(session, std::move(found.at(id)), source, *set);
    if (enabled) {
      set->modules_.emplace(id, std::move(*enabled));
    } else {
      set->refuse(id, std::move(enabled).error());
    }
  }
  if (auto seen = set->see_each_other(); !seen) return base::pass(std::move(seen));
  return std::shared_ptr<const ModuleSet>(std::move(set));
}

Result<const EnabledModule*> ModuleSet::find(const std::string& id) const {
  if (const auto found = modules_.find(id); found != modules_.end()) return &found->second;
  const auto refused = refused_.find(id);
  if (refused != refused_.end()) return tl::unexpected<base::Error>(refused->second);
  return base::fail(Code::ModuleNotEnabled, {{"module", id}});
}

Result<const records::RecordType*> ModuleSet::type(const std::string& module,
                                                   const std::string& type) const {
  const auto enabled = find(module);
  if (!enabled) return base::pass(enabled);
  const auto found = (*enabled)->types.find(type);
  if (found == (*enabled)->types.end()) {
    return base::fail(Code::RecordTypeUnknown, {{"module", module}, {"type", type}});
  }
  return &found->second;
}

Result<manifest::Package> find_package(const std::filesystem::path& packages,
                                       const std::string& id) {
  // The id becomes a path: only what a manifest may be called can be one.
  const bool is_id = !id.empty() && id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") ==
                                        std::string::npos;
  if (!is_id || !std::filesystem::is_directory(packages / id)) {
    return base::fail(Code::ModuleUnknown, {{"module", id}});
  }
  auto package = manifest::Package::verify(packages / id);
  if (!package || package->manifest().id() == id) return package;
  const auto& own = package->manifest().id();
  return base::fail(Code::ManifestSchema,
                    {{"reason", "the folder is called \"" + id + "\", and the module in it \"" + own +
                                    "\"; give both the same name"},
                     {"reason.zh-CN", "文件夹名为“" + id + "”，其中模块的 id 却是“" + own + "”；两者应当一致"}},
                    package->manifest().where("/id"));
}

}  // namespace zeren::app
