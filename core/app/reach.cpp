#include "app/reach.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "app/bearer.hpp"
#include "app/officials.hpp"
#include "org/code_tables.hpp"

namespace zeren::app {
namespace {

template <class T>
bool holds(const std::vector<T>& all, const T& one) {
  return std::ranges::find(all, one) != all.end();
}

template <class T>
void add_once(std::vector<T>& all, const T& one) {
  if (!holds(all, one)) all.push_back(one);
}

std::vector<org::UnitId> units_of_roles(const records::Actor& actor) {
  std::vector<org::UnitId> units;
  for (const auto& held : actor.roles) add_once(units, held.unit);
  return units;
}

}  // namespace

Matter matter_of(const records::RecordType& type, const records::Record& record) {
  Matter matter{&type, record.unit, record.created_by, record.sensitivity.value_or(type.sensitivity)};
  for (const auto& dispatch : record.rounds) {
    if (dispatch.state == "recalled") continue;
    for (const auto& leg : dispatch.legs) {
      if (leg.is_out()) add_once(matter.recipients, leg.recipient);
    }
  }
  for (const auto& task : record.tasks) {
    if (task.state != records::TaskState::Withdrawn) add_once(matter.holders, task.post);
  }
  return matter;
}

Matter matter_of(const records::RecordType& type, const records::Obligation& obligation,
                 const std::string& author) {
  return {&type, obligation.owner, author, type.sensitivity};
}

Matter matter_of(const records::RecordType& type, const records::RecordLine& line) {
  return {&type, line.unit, line.author, line.sensitivity.value_or(type.sensitivity)};
}

Reach::Reach(const access::Principal& principal, const Snapshot& snapshot)
    : principal_(principal), snapshot_(snapshot) {
  visibility_.person = principal.person;
  visibility_.today = snapshot.today;
  visibility_.appointments = ended_appointments(snapshot, principal.person);
  for (const auto& held : posts_of(principal, snapshot)) visibility_.posts.push_back(held.post);
  for (const auto& [id, module] : snapshot.modules().all()) {
    add_roles(module);
    add_parents(module);
  }
  grants_ = snapshot.grants().held(principal.id, visibility_.posts, snapshot.today);
  for (const auto* grant : grants_) add_grant(*grant);
}

// Who stands above or on a named side reads what the owner reads: a window each on the owners' side.
void Reach::add_sides(const records::RecordType& type, const records::Visibility::Window& role) {
  auto window = role;
  window.sides = {records::Side::Owner};
  window.beside = true;
  for (const auto& reader : type.readers) {
    if (reader == records::Side::Superior) {
      window.units = role.units;
      for (const auto kind : rules::kUpwards) window.below.emplace_back(org::code_of(kind));
      visibility_.windows.push_back(window);
      window.below.clear();
    }
    const auto side = type.sides.find(reader.name);
    if (side == type.sides.end()) continue;
    window.units.clear();
    for (const auto& unit : role.units) {
      for (const auto& owner : owners_beside(side->second, snapshot_.organisation(), unit, snapshot_.today)) {
        add_once(window.units, owner);
      }
    }
    visibility_.windows.push_back(window);
  }
}

bool Reach::is_beside(const records::Visibility::Window& window, const Matter& matter) const {
  const auto& type = *matter.type;
  if (!window.beside || window.module != type.module || window.type != type.key) return false;
  if (matter.sensitivity > window.clearance) return false;
  if (window.below.empty()) return holds(window.units, matter.unit);
  auto above = rules::line_of(snapshot_.organisation(), matter.unit, {snapshot_.today});
  std::erase(above, matter.unit);
  return std::ranges::any_of(above, [&](const auto& unit) { return holds(window.units, unit); });
}

// Roles that see equally much share a window.
void Reach::add_roles(const EnabledModule& module) {
  const auto& actor =
      actors_.emplace(module.id, actor_of(principal_, module, snapshot_)).first->second;
  std::map<std::pair<rules::Sensitivity, std::set<std::string>>, std::vector<org::UnitId>> by_sight;
  for (const auto& held : actor.roles) {
    const auto& role = *module.roles.find(held.role);
    add_once(by_sight[{role.clearance, {role.groups.begin(), role.groups.end()}}], held.unit);
  }
  for (const auto& [sight, units] : by_sight) {
    for (const auto& [key, type] : module.types) {
      records::Visibility::Window window{module.id, key, type.readers, units};
      window.clearance = sight.first;
      window.of_type = type.sensitivity;
      window.groups = sight.second;
      add_sides(type, window);
      visibility_.windows.push_back(std::move(window));
    }
  }
}

void Reach::add_parents(const EnabledModule& module) {
  for (const auto& [key, type] : module.types) {
    const auto kind = type.links.find(type.parent);
    if (kind == type.links.end()) continue;
    for (const auto& [above, parent] : module.types) {
      if (!kind->second.leads_to(module.id, above)) continue;
      visibility_.parents.push_back({module.id, key, type.parent, above, type.sensitivity, parent.sensitivity});
    }
  }
}

void Reach::add_grant(const access::Grant& grant) {
  const auto type = snapshot_.modules().type(grant.module, grant.type);
  if (!type) return;  // its module is not in force now
  records::Visibility::Window window{grant.module, grant.type, {records::Side::Owner}, {grant.unit}};
  if (grant.below) window.below.emplace_back(org::code_of(*grant.below));
  window.clearance = grant.clearance;
  window.of_type = (*type)->sensitivity;
  window.assigned = grant.tie == access::Tie::Assignee;
  window.groups = {grant.groups.begin(), grant.groups.end()};
  if (grant.tie == access::Tie::Author) window.author = principal_.id;
  if (grant.tie == access::Tie::Recipient) window.sides = {records::Side::Recipient};
  visibility_.windows.push_back(std::move(window));
}

bool Reach::reaches(const access::Grant& grant, const org::UnitId& unit) const {
  return access::covers(grant, snapshot_.organisation(), unit);
}

// In the unit itself or on its line.
bool Reach::stands_above(const records::Actor& actor, const org::UnitId& unit) const {
  const auto mine = units_of_roles(actor);
  if (mine.empty()) return false;
  const auto line = rules::line_of(snapshot_.organisation(), unit, {snapshot_.today});
  return std::ranges::any_of(line, [&](const auto& above) { return holds(mine, above); });
}

bool Reach::sees_below(const EnabledModule& module, const org::UnitId& unit) const {
  return access::require(principal_, access::Duty::SeeSummaries) || stands_above(actor(module), unit);
}

bool Reach::sees(const records::Obligation& obligation) const {
  // The host itself has every duty and is no administrator, who sees counts alone.
  const bool is_host = principal_.administers == access::Administers::Nothing &&
                       access::require(principal_, access::Duty::SeeSummaries).has_value();
  if (is_host) return true;
  const auto known = actors_.find(obligation.module);
  if (known == actors_.end()) return false;
  const auto bearer = person_of(snapshot_, obligation);
  if (!bearer.value.empty() && bearer == principal_.person) return true;
  if (stands_above(known->second, obligation.owner)) return true;
  return std::ranges::any_of(grants_, [&](const auto* grant) {
    return grant->module == obligation.module && grant->type == obligation.record_type &&
           grant->tie != access::Tie::Recipient && reaches(*grant, obligation.owner);
  });
}

const records::Actor& Reach::actor(const EnabledModule& module) const {
  return actors_.at(module.id);
}

bool Reach::fits(const access::Grant& grant, const Matter& matter) const {
  const auto& type = *matter.type;
  if (grant.module != type.module || grant.type != type.key) return false;
  if (matter.sensitivity > grant.clearance) return false;
  if (grant.tie == access::Tie::Author) return matter.author == principal_.id;
  if (grant.tie != access::Tie::Assignee) return true;
  return std::ranges::any_of(visibility_.posts,
                             [&](const auto& post) { return holds(matter.holders, post); });
}

std::vector<org::UnitId> Reach::sides_of(const access::Grant& grant, const Matter& matter) const {
  std::vector<org::UnitId> sides;
  if (!fits(grant, matter)) return sides;
  if (grant.tie != access::Tie::Recipient) {
    if (reaches(grant, matter.unit)) sides.push_back(matter.unit);
    return sides;
  }
  for (const auto& recipient : matter.recipients) {
    if (reaches(grant, recipient)) sides.push_back(recipient);
  }
  return sides;
}

std::vector<org::UnitId> Reach::granted_sides(const Matter& matter) const {
  std::vector<org::UnitId> sides;
  for (const auto* grant : grants_) {
    for (const auto& side : sides_of(*grant, matter)) add_once(sides, side);
  }
  const auto& windows = visibility_.windows;
  const bool beside = std::ranges::any_of(windows, [&](const auto& window) { return is_beside(window, matter); });
  if (beside) add_once(sides, matter.unit);
  return sides;
}

bool Reach::reads_as_owner(const EnabledModule& module, const Matter& matter) const {
  return holds_role_in(actor(module), matter.unit) || holds(granted_sides(matter), matter.unit);
}

records::Actor Reach::actor_on(const EnabledModule& module, const Matter& matter,
                               const records::Obligation* obligation) const {
  auto actor = this->actor(module);
  const auto bearer = obligation == nullptr ? org::PersonId{} : person_of(snapshot_, *obligation);
  if (!bearer.value.empty() && bearer == principal_.person) {
    std::ranges::move(roles_held_in(module, snapshot_, obligation->appointment),
                      std::back_inserter(actor.roles));
  }
  for (const auto& held : actor.roles) {
    if (held.unit != matter.unit && !holds(matter.recipients, held.unit)) continue;
    const auto& groups = module.roles.find(held.role)->groups;
    actor.groups.insert(groups.begin(), groups.end());
  }
  for (const auto& window : visibility_.windows) {
    if (is_beside(window, matter)) actor.groups.insert(window.groups.begin(), window.groups.end());
  }
  for (const auto* grant : grants_) {
    if (sides_of(*grant, matter).empty()) continue;
    actor.groups.insert(grant->groups.begin(), grant->groups.end());
    if (grant->action != access::kReads) actor.granted.insert(grant->action);
  }
  return actor;
}

}  // namespace zeren::app
