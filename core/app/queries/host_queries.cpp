#include "app/queries/host_queries.hpp"

#include <map>
#include <optional>

#include "access/second_factor.hpp"
#include "app/officials.hpp"
#include "app/queries/unit_reference.hpp"
#include "base/digest.hpp"
#include "base/messages.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

Json roles_json(const access::Principal& principal, const Snapshot& snapshot) {
  auto roles = Json::array();
  for (const auto& [id, module] : snapshot.modules().all()) {
    for (const auto& held : actor_of(principal, module, snapshot).roles) {
      roles.push_back({{"module", id}, {"role", held.role},
                       {"unit", unit_reference(snapshot, held.unit)},
                       {"mode", held.mode}, {"post", held.post_title}});
    }
  }
  return roles;
}

Json manifest_json(const manifest::Manifest& manifest) {
  return {{"id", manifest.id()},
          {"name", {{"en", manifest.name(base::Language::English)},
                    {"zh-CN", manifest.name(base::Language::Chinese)}}},
          {"version", manifest.version()}};
}

Json package_json(const manifest::Package& package) {
  auto json = manifest_json(package.manifest());
  json["state"] = "available";
  return json;
}

Json enabled_json(const EnabledModule& module) {
  auto json = manifest_json(module.module->manifest());
  json["state"] = module.module->stalled() ? "stalled" : "enabled";
  return json;
}

Json refused_json(const std::string& id, const base::Error& why) {
  const bool quarantined = why.code == Code::ModuleQuarantined;
  auto causes = Json::array();
  for (const auto& cause : why.causes) causes.push_back(base::text_of(cause));
  return {{"id", id},
          {"state", quarantined ? "quarantined" : "refused"},
          {"reason", base::text_of(why)},
          {"causes", std::move(causes)}};
}

/// What the database says of a module, with everything wrong with it.
Json approval_json(const store::Row& row, const Snapshot& snapshot) {
  return {{"version", row.text(0)},
          {"digest", row.text(1)},
          {"issuer", unit_reference(snapshot, {row.text(2)})},
          {"enabled_from", row.text(3)}};
}

Json needs_json(const manifest::Manifest& manifest) {
  auto needs = Json::array();
  for (const auto& need : manifest.required_modules()) {
    needs.push_back({{"id", need.id}, {"version", need.version}});
  }
  return needs;
}

/// By id: packages delivered, then what is in force or refused, which knows better.
std::map<std::string, Json> modules_json(const Snapshot& snapshot,
                                         const std::filesystem::path& packages) {
  std::map<std::string, Json> items;
  std::error_code failure;
  for (const auto& folder : std::filesystem::directory_iterator(packages, failure)) {
    const auto id = folder.path().filename().string();
    const auto package = find_package(packages, id);
    items[id] = package ? package_json(*package) : refused_json(id, package.error());
  }
  for (const auto& [id, module] : snapshot.modules().all()) items[id] = enabled_json(module);
  for (const auto& [id, why] : snapshot.modules().refused()) items[id] = refused_json(id, why);
  return items;
}

Result<std::optional<store::Row>> approval_of(const Snapshot& snapshot, const std::string& module) {
  return snapshot.session.first(
      "SELECT module_version, digest, issuer, enabled_from FROM module WHERE id = :1",
      std::vector<store::Value>{module});
}

Result<void> may_run(const access::Principal& principal) {
  return access::require(principal, access::Duty::RunModules);
}

}  // namespace

Query show_caller(const access::Principal& principal) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto* person = snapshot.organisation().person(principal.person);
    const auto factor = access::second_factor_of(snapshot.session, principal.id);
    if (!factor) return base::pass(factor);
    return Json{{"account", principal.name},
                {"administers", std::string(name_of(principal.administers))},
                {"person", person == nullptr ? Json() : Json(person->name)},
                {"second_factor", factor->active},
                {"roles", roles_json(principal, snapshot)}};
  };
}

Query list_units() {
  return [](Snapshot& snapshot) -> Result<Json> {
    auto items = Json::array();
    for (const auto* unit : snapshot.organisation().units({snapshot.today})) {
      items.push_back({{"code", unit->code}, {"name", unit->name}, {"short_name", unit->short_name},
                       {"level", unit->level}, {"kind", unit->kind}});
    }
    return Json{{"items", std::move(items)}};
  };
}

Query list_modules(const access::Principal& principal, const std::filesystem::path& packages) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    if (auto allowed = may_run(principal); !allowed) return base::pass(std::move(allowed));
    auto items = Json::array();
    for (auto& [id, item] : modules_json(snapshot, packages)) items.push_back(std::move(item));
    return Json{{"items", std::move(items)}};
  };
}

Query show_module(const access::Principal& principal, const std::string& module,
                  const std::filesystem::path& packages) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    if (auto allowed = may_run(principal); !allowed) return base::pass(std::move(allowed));
    auto items = modules_json(snapshot, packages);
    const auto found = items.find(module);
    if (found == items.end()) return base::fail(Code::ModuleUnknown, {{"module", module}});
    auto json = std::move(found->second);
    if (const auto enabled = snapshot.modules().find(module)) {
      json["requires"] = needs_json((*enabled)->module->manifest());
    }
    const auto row = approval_of(snapshot, module);
    if (!row) return base::pass(row);
    if (*row) json["approved"] = approval_json(**row, snapshot);
    return json;
  };
}

Query verify_module(const access::Principal& principal, const std::string& module,
                    const modules::PackageStore& store) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    if (auto allowed = may_run(principal); !allowed) return base::pass(std::move(allowed));
    const auto row = approval_of(snapshot, module);
    if (!row) return base::pass(row);
    if (!*row) return base::fail(Code::ModuleNotEnabled, {{"module", module}});
    const auto digest = base::digest_from_base64((*row)->text(1));
    if (!digest) return base::fail(Code::PackageFileModified, {{"file", module + "/MANIFEST"}});
    const auto package = store.find(*digest);
    if (!package) return base::pass(package);
    return Json{{"module", module},
                {"version", package->manifest().version()},
                {"digest", (*row)->text(1)},
                {"folder", package->dir().string()}};
  };
}

}  // namespace zeren::app
