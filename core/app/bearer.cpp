#include "app/bearer.hpp"

#include <algorithm>

#include "app/officials.hpp"
#include "org/vacancy.hpp"

namespace zeren::app {
namespace {

using base::Json;

constexpr std::int64_t kVacantDays = 30;

// A post that stands no more has nobody either.
bool falls_to_unit(const Snapshot& snapshot, const EnabledModule& module,
                   const records::Obligation& obligation) {
  if (obligation.post.value.empty()) return true;
  const auto* post = snapshot.organisation().post(obligation.post);
  if (post == nullptr || !post->valid.contains(snapshot.today)) return true;
  const auto vacancy = org::vacancy_of(snapshot.organisation(), obligation.post, {snapshot.today});
  if (!vacancy || !vacancy->unattended_since) return false;
  const auto days = number_in_force(snapshot, module, "vacant_days", obligation.owner, kVacantDays);
  return snapshot.today - *vacancy->unattended_since > std::chrono::days(days);
}

Json post_json(const Snapshot& snapshot, const EnabledModule& module,
               const records::Obligation& obligation) {
  const auto& organisation = snapshot.organisation();
  const auto* post = organisation.post(obligation.post);
  const auto vacancy = org::vacancy_of(organisation, obligation.post, {snapshot.today});
  auto stand_ins = Json::array();
  if (vacancy) {
    for (const auto* each : vacancy->stand_ins) {
      const auto* person = organisation.person(each->person);
      stand_ins.push_back({{"person", person == nullptr ? "" : person->name}, {"mode", each->mode}});
    }
  }
  const bool unattended = vacancy && vacancy->unattended_since;
  return {{"post", {{"code", post == nullptr ? "" : post->code}, {"title", post == nullptr ? "" : post->title}}},
          {"holders", names_of_holders(snapshot, obligation.post)},
          {"stand_ins", std::move(stand_ins)},
          {"vacant_since", unattended ? Json(base::to_string(*vacancy->unattended_since)) : Json()},
          {"falls_to_unit", falls_to_unit(snapshot, module, obligation)}};
}

Json appointment_json(const Snapshot& snapshot, const org::Appointment& held) {
  const auto* person = snapshot.organisation().person(held.person);
  const auto* post = snapshot.organisation().post(held.post);
  const bool ends = held.valid.to != base::kForever;
  return {{"person", person == nullptr ? "" : person->name},
          {"post", {{"code", post == nullptr ? "" : post->code}, {"title", post == nullptr ? "" : post->title}}},
          {"mode", held.mode},
          {"from", base::to_string(held.valid.from)},
          {"to", ends ? Json(base::to_string(held.valid.to)) : Json()}};
}

const org::Appointment* appointment_of(const Snapshot& snapshot, const records::Obligation& obligation) {
  if (obligation.appointment.value.empty()) return nullptr;
  const auto* revision = snapshot.organisation().appointment_history().latest(obligation.appointment);
  return revision == nullptr ? nullptr : &revision->value;
}

}  // namespace

std::int64_t number_in_force(const Snapshot& snapshot, const EnabledModule& module,
                             const std::string& parameter, const org::UnitId& unit,
                             std::int64_t otherwise) {
  if (!module.rules.parameters().contains(parameter)) return otherwise;
  return module.rules.effective(parameter, unit, snapshot.organisation(), snapshot.today)
      .value.get<std::int64_t>();
}

records::Catalogues catalogues_for(const Snapshot& snapshot, const EnabledModule& module,
                                   const org::UnitId& unit) {
  auto catalogues = module.catalogues;
  for (const auto& [catalogue, parameter] : module.additions) {
    const auto found = catalogues.find(catalogue);
    if (found == catalogues.end()) continue;
    const auto texts = module.rules.effective(parameter, unit, snapshot.organisation(), snapshot.today).value;
    found->second = records::with_local(std::move(found->second), texts.get<std::vector<std::string>>());
  }
  return catalogues;
}

records::Surroundings surroundings_of(const Snapshot& snapshot, const EnabledModule& module,
                                      const org::UnitId& unit, const records::Obligation* obligation) {
  records::Surroundings around;
  around.above = rules::line_of(snapshot.organisation(), unit, {snapshot.today});
  std::erase(around.above, unit);
  around.catalogues = catalogues_for(snapshot, module, unit);
  around.organisation = snapshot.known.organisation;
  around.today = snapshot.today;
  if (obligation == nullptr) return around;
  const auto rule = std::ranges::find(module.obligations, obligation->rule, &records::ObligationRule::key);
  if (rule != module.obligations.end()) around.at_once = rule->at_once;
  around.person = person_of(snapshot, *obligation);
  if (!falls_to_unit(snapshot, module, *obligation)) around.post = obligation->post;
  return around;
}

Json bearer_json(const Snapshot& snapshot, const EnabledModule& module,
                 const records::Obligation& obligation) {
  if (!obligation.post.value.empty()) return post_json(snapshot, module, obligation);
  const auto* held = appointment_of(snapshot, obligation);
  return held == nullptr ? Json() : appointment_json(snapshot, *held);
}

org::PersonId person_of(const Snapshot& snapshot, const records::Obligation& obligation) {
  const auto* held = appointment_of(snapshot, obligation);
  return held == nullptr ? org::PersonId{} : held->person;
}

}  // namespace zeren::app
