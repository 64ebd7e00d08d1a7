#include "app/officials.hpp"

#include <algorithm>

#include "app/bearer.hpp"
#include "org/succession.hpp"

namespace zeren::app {
namespace {

using base::Result;

std::vector<const org::Appointment*> holders_of(const Snapshot& snapshot, const org::Post& post) {
  auto all = snapshot.organisation().holders_of(post.unit, post.post_class, {snapshot.today});
  std::erase_if(all, [&](const auto* held) { return held->post != post.id; });
  return all;
}

Result<records::Assignee> assignee_in(Snapshot& snapshot, const EnabledModule& module,
                                      const org::Post& post) {
  records::Assignee who{post.id, post.unit, post.title, {}, {}, {}};
  const auto holders = holders_of(snapshot, post);
  if (holders.empty()) return who;
  who.person = holders.front()->person;
  who.roles = module.roles.held_by(snapshot.organisation(), who.person, {snapshot.today});
  const auto account = snapshot.session.first("SELECT id FROM account WHERE person = :1",
                                              std::vector<store::Value>{who.person.value});
  if (!account) return base::pass(account);
  if (*account) who.account = (*account)->text(0);
  return who;
}

// The first post of the role's classes in the unit that somebody holds.
const org::Post* post_with_role(const Snapshot& snapshot, const EnabledModule& module,
                                const std::string& role, const org::UnitId& unit) {
  const auto* known = module.roles.find(role);
  if (known == nullptr) return nullptr;
  for (const auto& post_class : known->post_classes) {
    const auto held = snapshot.organisation().holders_of(unit, post_class, {snapshot.today});
    if (!held.empty()) return snapshot.organisation().post(held.front()->post);
  }
  return nullptr;
}

// Who took over from a unit acts for it: what it left open is theirs to finish (domain E1).
void add_predecessors(const Snapshot& snapshot, std::vector<rules::HeldRole>& roles) {
  const auto own = roles;
  for (const auto& held : own) {
    for (const auto& before : org::mapped_from(snapshot.organisation(), held.unit, {snapshot.today})) {
      if (before != held.unit) roles.push_back({held.role, before, held.mode, held.post_title});
    }
  }
}

}  // namespace

std::vector<records::HeldPost> posts_of(const access::Principal& principal,
                                        const Snapshot& snapshot) {
  std::vector<records::HeldPost> posts;
  if (principal.person.value.empty()) return posts;
  const auto& organisation = snapshot.organisation();
  for (const auto* held : organisation.appointments_of(principal.person, {snapshot.today})) {
    const auto* post = organisation.post(held->post);
    if (post != nullptr) posts.push_back({post->id, post->unit, held->mode, post->title});
  }
  return posts;
}

std::vector<org::AppointmentId> ended_appointments(const Snapshot& snapshot, const org::PersonId& person) {
  std::vector<org::AppointmentId> ended;
  if (person.value.empty()) return ended;
  for (const auto* held : snapshot.organisation().career_of(person, base::Instant::max())) {
    if (held->valid.to <= snapshot.today) ended.push_back(held->id);
  }
  return ended;
}

std::vector<rules::HeldRole> roles_held_in(const EnabledModule& module, const Snapshot& snapshot,
                                           const org::AppointmentId& id) {
  std::vector<rules::HeldRole> roles;
  const auto* revision = snapshot.organisation().appointment_history().latest(id);
  const auto* post = revision == nullptr ? nullptr : snapshot.organisation().post(revision->value.post);
  if (post == nullptr) return roles;
  const auto& held = revision->value;
  roles = module.roles.held_by(snapshot.organisation(), held.person, {held.valid.to - std::chrono::days(1)});
  std::erase_if(roles, [&](const auto& each) {
    return each.unit != post->unit || each.post_title != post->title || each.mode != held.mode;
  });
  return roles;
}

records::Actor actor_of(const access::Principal& principal, const EnabledModule& module,
                        const Snapshot& snapshot) {
  records::Actor actor{principal.id, {}, principal.person, posts_of(principal, snapshot)};
  if (!principal.person.value.empty()) {
    actor.roles = module.roles.held_by(snapshot.organisation(), principal.person, {snapshot.today});
    add_predecessors(snapshot, actor.roles);
  }
  return actor;
}

Result<records::Assignee> assignee_of(Snapshot& snapshot, const EnabledModule& module,
                                      const std::string& code) {
  const auto* post = snapshot.organisation().post_by_code(code);
  if (post == nullptr) return base::fail(base::Code::PostUnknown, {{"post", code}});
  return assignee_in(snapshot, module, *post);
}

Result<std::vector<records::Assignee>> signers_of(Snapshot& snapshot, const EnabledModule& module,
                                                  const records::Step& step,
                                                  const org::UnitId& unit) {
  std::vector<records::Assignee> signers;
  if (!step.countersign) return signers;
  for (const auto& asked : step.countersign->signers) {
    const auto* post = post_with_role(snapshot, module, asked.role, unit);
    if (post == nullptr) {
      signers.push_back({{}, unit, asked.role, {}, {}, {}});
      continue;
    }
    auto who = assignee_in(snapshot, module, *post);
    if (!who) return base::pass(std::move(who));
    signers.push_back(std::move(*who));
  }
  return signers;
}

std::vector<std::string> names_of_holders(const Snapshot& snapshot, const org::PostId& id) {
  std::vector<std::string> names;
  const auto* post = snapshot.organisation().post(id);
  if (post == nullptr) return names;
  for (const auto* held : holders_of(snapshot, *post)) {
    const auto* person = snapshot.organisation().person(held->person);
    if (person != nullptr) names.push_back(person->name);
  }
  return names;
}

bool holds_role_in(const records::Actor& actor, const org::UnitId& unit) {
  return std::any_of(actor.roles.begin(), actor.roles.end(),
                     [&](const auto& held) { return held.unit == unit; });
}

}  // namespace zeren::app
