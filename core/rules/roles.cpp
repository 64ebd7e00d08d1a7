#include "rules/roles.hpp"

#include <algorithm>

namespace zeren::rules {

namespace {

Role read_role(const std::string& key, const base::Json& body) {
  // The manifest's schema lists the words.
  const auto clearance = sensitivity_named(body.value("clearance", "sensitive"));
  return {key, body.at("title"), body.at("post_classes").get<std::vector<std::string>>(),
          clearance.value_or(Sensitivity::Public), body.value("groups", std::vector<std::string>{})};
}

}  // namespace

RoleBook RoleBook::from_manifest(const base::Json& section) {
  RoleBook book;
  for (const auto& [key, body] : section.items()) {
    book.roles_.emplace(key, read_role(key, body));
  }
  return book;
}

const Role* RoleBook::find(std::string_view key) const {
  const auto found = roles_.find(key);
  return found == roles_.end() ? nullptr : &found->second;
}

std::vector<HeldRole> RoleBook::held_by(const org::Organisation& organisation,
                                        const org::PersonId& person, const org::AsOf& on) const {
  std::vector<HeldRole> held;
  for (const auto* appointment : organisation.appointments_of(person, on)) {
    const auto* post = organisation.post(appointment->post);
    if (post == nullptr) continue;
    for (const auto& [key, role] : roles_) {
      const auto& classes = role.post_classes;
      if (std::find(classes.begin(), classes.end(), post->post_class) == classes.end()) continue;
      held.push_back({key, post->unit, appointment->mode, post->title});
    }
  }
  return held;
}

}  // namespace zeren::rules
