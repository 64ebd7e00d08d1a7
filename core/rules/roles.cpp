#include "rules/roles.hpp"

#include <algorithm>

namespace zeren::rules {

RoleBook RoleBook::from_manifest(const base::Json& section) {
  RoleBook book;
  for (const auto& [key, body] : section.items()) {
    book.roles_.emplace(
        key, Role{key, body.at("title"), body.at("post_classes").get<std::vector<std::string>>()});
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
