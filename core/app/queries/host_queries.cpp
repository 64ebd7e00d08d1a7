#include "app/queries/host_queries.hpp"

#include <algorithm>

#include "access/second_factor.hpp"
#include "access/sign_in.hpp"
#include "app/officials.hpp"
#include "app/queries/unit_reference.hpp"
#include "base/messages.hpp"

namespace zeren::app {
namespace {

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

Json package_json(const manifest::Package& package, const Snapshot& snapshot) {
  const auto& manifest = package.manifest();
  return {{"id", manifest.id()},
          {"name", {{"en", manifest.name(base::Language::English)},
                    {"zh-CN", manifest.name(base::Language::Chinese)}}},
          {"version", manifest.version()},
          {"state", snapshot.modules().find(manifest.id()) ? "enabled" : "available"}};
}

Json refused_json(const std::string& id, const base::Error& why) {
  return {{"id", id}, {"state", "refused"}, {"reason", base::text_of(why)}};
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

Query list_own_sessions(const access::Principal& principal) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto open = access::sessions_of(snapshot.session, principal.id, snapshot.now);
    if (!open) return base::pass(open);
    auto items = Json::array();
    for (const auto& session : *open) {
      items.push_back({{"id", session.id},
                       {"created_at", base::to_string(session.created_at)},
                       {"expires_at", base::to_string(session.expires_at)},
                       {"current", session.id == principal.session}});
    }
    return Json{{"items", std::move(items)}};
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
    auto allowed = access::require(principal, access::Duty::RunModules);
    if (!allowed) return base::pass(std::move(allowed));
    auto items = Json::array();
    std::error_code failure;
    for (const auto& folder : std::filesystem::directory_iterator(packages, failure)) {
      const auto id = folder.path().filename().string();
      const auto package = find_package(packages, id);
      items.push_back(package ? package_json(*package, snapshot) : refused_json(id, package.error()));
      const auto refused = snapshot.modules().refused().find(id);
      if (refused != snapshot.modules().refused().end()) {
        items.back() = refused_json(id, refused->second);
      }
    }
    std::sort(items.begin(), items.end(), [](const Json& a, const Json& b) {
      return a.at("id").get_ref<const std::string&>() < b.at("id").get_ref<const std::string&>();
    });
    return Json{{"items", std::move(items)}};
  };
}

}  // namespace zeren::app
