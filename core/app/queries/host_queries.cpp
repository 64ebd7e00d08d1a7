#include "app/queries/host_queries.hpp"

#include <map>
#include <optional>

#include "access/second_factor.hpp"
#include "app/officials.hpp"
#include "app/queries/left_out.hpp"
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

void set_state(Json& json, const std::string& state) {
  static const std::map<std::string, Json> kTitles = {
      {"available", {{"en", "available"}, {"zh-CN", "未启用"}}},
      {"disabled", {{"en", "disabled"}, {"zh-CN", "已停用"}}},
      {"enabled", {{"en", "enabled"}, {"zh-CN", "已启用"}}},
      {"stalled", {{"en", "stalled"}, {"zh-CN", "响应超时停用"}}},
      {"refused", {{"en", "refused"}, {"zh-CN", "拒绝加载"}}},
      {"quarantined", {{"en", "quarantined"}, {"zh-CN", "已隔离"}}}};
  json["state"] = state;
  json["state_title"] = kTitles.at(state);
}

Json package_json(const manifest::Package& package) {
  auto json = manifest_json(package.manifest());
  set_state(json, "available");
  return json;
}

Json enabled_json(const EnabledModule& module) {
  auto json = manifest_json(module.module->manifest());
  set_state(json, module.module->stalled() ? "stalled" : "enabled");
  return json;
}

Json refused_json(const std::string& id, const base::Error& why) {
  const bool quarantined = why.code == Code::ModuleQuarantined;
  auto causes = Json::array();
  for (const auto& cause : why.causes) causes.push_back(title_of(cause));
  Json json{{"id", id}, {"reason", title_of(why)}, {"causes", std::move(causes)}};
  set_state(json, quarantined ? "quarantined" : "refused");
  return json;
}

/// What the database says of a module, with everything wrong with it.
Json approval_json(const store::Row& row, const Snapshot& snapshot) {
  return {{"version", row.text(0)},
          {"digest", row.text(1)},
          {"issuer", unit_reference(snapshot, {row.text(2)})},
          {"enabled_from", row.text(3)}};
}

Json names_of(const Json& declared) {
  auto names = Json::array();
  for (const auto& [name, unused] : declared.items()) names.push_back(name);
  return names;
}

Json needs_json(const manifest::Manifest& manifest) {
  auto needs = Json::array();
  for (const auto& need : manifest.required_modules()) {
    needs.push_back({{"id", need.id}, {"version", need.version}});
  }
  return needs;
}

/// What the module needs, hears, tells, and may do by itself.
void describe(const manifest::Manifest& manifest, Json& json) {
  json["requires"] = needs_json(manifest);
  json["permissions"] = manifest.permissions();
  json["events"] = {{"in", manifest.events_heard()}, {"out", names_of(manifest.events_told())}};
}

Json disabled_json(const std::string& id, const std::string& version) {
  Json json{{"id", id}, {"version", version}};
  set_state(json, "disabled");
  return json;
}

/// By id: packages delivered, then what is disabled, in force or refused, which knows better.
Result<std::map<std::string, Json>> modules_json(const Snapshot& snapshot,
                                                 const std::filesystem::path& packages) {
  std::map<std::string, Json> items;
  std::error_code failure;
  for (const auto& folder : std::filesystem::directory_iterator(packages, failure)) {
    const auto id = folder.path().filename().string();
    const auto package = find_package(packages, id);
    items[id] = package ? package_json(*package) : refused_json(id, package.error());
  }
  const auto disabled = snapshot.session.query("SELECT id, module_version FROM module WHERE state = 'disabled'");
  if (!disabled) return base::pass(disabled);
  for (const auto& row : *disabled) items[row.text(0)].update(disabled_json(row.text(0), row.text(1)));
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
                {"must_change_password", principal.must_change_password},
                {"roles", roles_json(principal, snapshot)}};
  };
}

Query list_accounts(const access::Principal& principal, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    auto allowed = access::require(principal, access::Duty::ManageAccounts);
    if (!allowed) return base::pass(std::move(allowed));
    auto after = text_of_cursor("accounts", page.cursor);
    if (!after) return base::pass(std::move(after));
    const auto rows = snapshot.session.query(
        "SELECT a.name, a.administers, a.person, a.disabled_at, a.password_given_at, f.state FROM account a"
        " LEFT JOIN second_factor f ON f.account = a.id WHERE a.name > :1 ORDER BY a.name LIMIT :2",
        std::vector<store::Value>{*after, page.limit + 1});
    if (!rows) return base::pass(rows);
    Json answer{{"items", Json::array()}, {"next", nullptr}};
    for (const auto& row : *rows) {
      if (static_cast<std::int64_t>(answer["items"].size()) == page.limit) {
        answer["next"] = cursor_after("accounts", Json::array({answer["items"].back().at("name")}));
        break;
      }
      const auto* person =
          row.is_null(2) ? nullptr : snapshot.organisation().person({row.text(2)});
      answer["items"].push_back({{"name", row.text(0)},
                                 {"administers", row.text(1)},
                                 {"person", person == nullptr ? Json() : Json(person->name)},
                                 {"disabled", !row.is_null(3)},
                                 {"must_change_password", !row.is_null(4)},
                                 {"second_factor", row.optional_text(5) == "active"}});
    }
    return answer;
  };
}

Query list_units(const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto units = snapshot.organisation().units({snapshot.today});
    std::vector<Json> keys;
    keys.reserve(units.size());
    for (const auto* unit : units) keys.push_back(Json::array({unit->code}));
    const auto cut = cut_page(page, "units", keys);
    if (!cut) return base::pass(cut);
    Json answer{{"items", Json::array()}, {"next", cut->next}};
    for (const auto at : cut->chosen) {
      const auto* unit = units[at];
      answer["items"].push_back({{"code", unit->code}, {"name", unit->name},
                                 {"short_name", unit->short_name}, {"level", unit->level},
                                 {"kind", unit->kind}});
    }
    return answer;
  };
}

Query list_modules(const access::Principal& principal, const std::filesystem::path& packages,
                   const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    if (auto allowed = may_run(principal); !allowed) return base::pass(std::move(allowed));
    std::vector<Json> keys;
    std::vector<Json> all;
    auto items = modules_json(snapshot, packages);
    if (!items) return base::pass(std::move(items));
    for (auto& [id, item] : *items) {
      keys.push_back(Json::array({id}));
      all.push_back(std::move(item));
    }
    const auto cut = cut_page(page, "modules", keys);
    if (!cut) return base::pass(cut);
    Json answer{{"items", Json::array()}, {"next", cut->next}};
    for (const auto at : cut->chosen) answer["items"].push_back(std::move(all[at]));
    return answer;
  };
}

Query show_module(const access::Principal& principal, const std::string& module,
                  const std::filesystem::path& packages) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    if (auto allowed = may_run(principal); !allowed) return base::pass(std::move(allowed));
    auto items = modules_json(snapshot, packages);
    if (!items) return base::pass(std::move(items));
    const auto found = items->find(module);
    if (found == items->end()) return base::fail(Code::ModuleUnknown, {{"module", module}});
    auto json = std::move(found->second);
    if (const auto enabled = snapshot.modules().find(module)) {
      describe((*enabled)->module->manifest(), json);
    } else if (const auto delivered = find_package(packages, module)) {
      describe(delivered->manifest(), json);  // whoever is to approve it sees what it may do
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
