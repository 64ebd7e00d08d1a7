#include "app/module_set.hpp"

#include <spdlog/spdlog.h>

#include "base/digest.hpp"
#include "base/messages.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Result;

// Keeps the library of `before` when it is the same package; otherwise opens it, once.
Result<std::shared_ptr<modules::Module>> module_for(const std::filesystem::path& packages,
                                                    const std::string& id,
                                                    const std::string& approved,
                                                    const ModuleSet* before) {
  if (before != nullptr) {
    const auto known = before->all().find(id);
    if (known != before->all().end() &&
        base::to_base64(known->second.module->digest()) == approved) {
      return known->second.module;
    }
  }
  auto package = find_package(packages, id);
  if (!package) return base::pass(std::move(package));
  if (base::to_base64(package->digest()) != approved) {
    return base::fail(Code::PackageFileModified, {{"file", (packages / id / "MANIFEST").string()}});
  }
  auto loaded = modules::Module::load(std::move(*package));
  if (!loaded) return base::pass(std::move(loaded));
  return std::shared_ptr<modules::Module>(std::move(*loaded));
}

Result<EnabledModule> interpret(store::Session& session, const store::Row& row,
                                const std::shared_ptr<modules::Module>& module) {
  const auto& manifest = module->manifest();
  const auto& id = manifest.id();
  const auto from = base::parse_date(row.text(4));
  if (!from) return base::pass(from);
  auto parameters = rules::read_parameters(manifest.section("parameters"));
  if (!parameters) return base::pass(std::move(parameters));
  auto rules = rules::RuleBook::load(session, id, std::move(*parameters));
  if (!rules) return base::pass(std::move(rules));
  auto types = records::read_record_types(id, manifest.section("record_types"),
                                          manifest.section("roles"));
  if (!types) return base::pass(std::move(types));
  auto obligations = records::read_obligation_rules(id, manifest.section("obligations"));
  if (!obligations) return base::pass(std::move(obligations));
  return EnabledModule{id,
                       manifest.version(),
                       {row.text(3)},
                       *from,
                       row.integer(1),
                       module,
                       rules::RoleBook::from_manifest(manifest.section("roles")),
                       std::move(*rules),
                       std::move(*types),
                       std::move(*obligations)};
}

Result<EnabledModule> bring_in(store::Session& session, const std::filesystem::path& packages,
                               const store::Row& row, const ModuleSet* before) {
  auto module = module_for(packages, row.text(0), row.text(2), before);
  if (!module) return base::pass(std::move(module));
  return interpret(session, row, *module);
}

}  // namespace

Result<std::shared_ptr<const ModuleSet>> ModuleSet::load(store::Session& session,
                                                         const std::filesystem::path& packages,
                                                         const ModuleSet* before) {
  const auto rows = session.query(
      "SELECT id, version, digest, issuer, enabled_from FROM module WHERE state = 'enabled'"
      " ORDER BY id");
  if (!rows) return base::pass(rows);
  auto set = std::make_shared<ModuleSet>();
  for (const auto& row : *rows) {
    auto enabled = bring_in(session, packages, row, before);
    if (enabled) {
      set->modules_.emplace(row.text(0), std::move(*enabled));
    } else {
      spdlog::error("module {} stays out: {}", row.text(0), base::report_of(enabled.error()));
      set->refused_.emplace(row.text(0), std::move(enabled).error());
    }
  }
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
  return manifest::Package::verify(packages / id);
}

}  // namespace zeren::app
