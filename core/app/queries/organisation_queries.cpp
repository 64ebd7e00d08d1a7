#include "app/queries/organisation_queries.hpp"

#include <functional>
#include <vector>

#include "app/queries/unit_reference.hpp"
#include "org/succession.hpp"
#include "org/vacancy.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;

Json date_or_null(base::Date date) {
  return date == base::kForever ? Json() : Json(base::to_string(date));
}

Json person_json(const org::Organisation& organisation, const org::PersonId& id) {
  const auto* person = organisation.person(id);
  if (person == nullptr) return {};
  return {{"code", person->code}, {"name", person->name}};
}

Json post_json(const org::Post* post) {
  if (post == nullptr) return {};
  return {{"code", post->code}, {"title", post->title}, {"class", post->post_class}};
}

Json units_json(const Snapshot& snapshot, const std::vector<org::UnitId>& units) {
  auto all = Json::array();
  for (const auto& unit : units) all.push_back(unit_reference(snapshot, unit));
  return all;
}

Json holder_json(const Snapshot& snapshot, const org::Appointment& held, const org::AsOf& as_of) {
  const auto& organisation = snapshot.organisation();
  return {{"person", person_json(organisation, held.person)},
          {"mode", held.mode},
          {"document", held.doc_no},
          {"from", base::to_string(held.valid.from)},
          {"to", date_or_null(held.valid.to)},
          {"portfolio", units_json(snapshot, organisation.portfolio_of(held.id, as_of))}};
}

Json post_with_holders(const Snapshot& snapshot, const org::Post& post, const org::AsOf& as_of) {
  auto holders = Json::array();
  for (const auto* held : snapshot.organisation().tenures_of(post.id, as_of.known)) {
    if (!held->valid.contains(as_of.valid)) continue;
    holders.push_back(holder_json(snapshot, *held, as_of));
  }
  auto shown = post_json(&post);
  shown["holders"] = std::move(holders);
  return shown;
}

Json vacancy_json(const Snapshot& snapshot, const org::Vacancy& vacancy) {
  const auto& organisation = snapshot.organisation();
  auto stand_ins = Json::array();
  for (const auto* held : vacancy.stand_ins) {
    auto shown = person_json(organisation, held->person);
    shown["mode"] = held->mode;
    stand_ins.push_back(std::move(shown));
  }
  const auto& unattended = vacancy.unattended_since;
  return {{"post", post_json(vacancy.post)},
          {"since", base::to_string(vacancy.since)},
          {"stand_ins", std::move(stand_ins)},
          {"unattended_since", unattended ? Json(base::to_string(*unattended)) : Json()}};
}

Json successions_json(const Snapshot& snapshot, const std::vector<org::Succession>& all) {
  auto items = Json::array();
  for (const auto& each : all) {
    items.push_back({{"unit", unit_reference(snapshot, each.unit)},
                     {"since", base::to_string(each.since)},
                     {"what", each.what.empty() ? Json() : Json(each.what)}});
  }
  return items;
}

Result<org::AsOf> as_of(const Snapshot& snapshot, const WhenAsked& when) {
  org::AsOf asked{when.valid.value_or(snapshot.today)};
  if (!when.known) return asked;
  const auto end = base::end_of(*when.known, snapshot.zone);
  if (!end) return base::pass(end);
  asked.known = *end - std::chrono::milliseconds{1};
  return asked;
}

using Look = std::function<Json(const Snapshot&, const org::UnitId&, const org::AsOf&)>;

// What `look` finds of the unit, and of which unit and day it is.
Query about_unit(const std::string& code, const WhenAsked& when, const Look& look) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto unit = unit_called(snapshot, code);
    if (!unit) return base::pass(unit);
    const auto asked = as_of(snapshot, when);
    if (!asked) return base::pass(asked);
    auto found = look(snapshot, *unit, *asked);
    found["unit"] = unit_reference(snapshot, *unit);
    found["valid"] = base::to_string(asked->valid);
    return found;
  };
}

}  // namespace

Query list_posts(const std::string& unit, const WhenAsked& when) {
  return about_unit(unit, when, [](const Snapshot& snapshot, const auto& id, const auto& asked) {
    auto posts = Json::array();
    for (const auto* post : snapshot.organisation().posts_of(id, asked)) {
      posts.push_back(post_with_holders(snapshot, *post, asked));
    }
    return Json{{"posts", std::move(posts)}};
  });
}

Query list_vacancies(const std::string& unit, const WhenAsked& when) {
  return about_unit(unit, when, [](const Snapshot& snapshot, const auto& id, const auto& asked) {
    auto items = Json::array();
    for (const auto& vacancy : org::vacancies_in(snapshot.organisation(), id, asked)) {
      items.push_back(vacancy_json(snapshot, vacancy));
    }
    return Json{{"items", std::move(items)}};
  });
}

Query list_successions(const std::string& unit, const WhenAsked& when) {
  return about_unit(unit, when, [](const Snapshot& snapshot, const auto& id, const auto& asked) {
    const auto& organisation = snapshot.organisation();
    return Json{
        {"predecessors",
         successions_json(snapshot, org::predecessors_of(organisation, id, asked))},
        {"successors", successions_json(snapshot, org::successors_of(organisation, id, asked))},
        {"mapped_to", units_json(snapshot, org::mapped_to(organisation, id, asked))},
        {"mapped_from", units_json(snapshot, org::mapped_from(organisation, id, asked))}};
  });
}

Query list_covering(const std::string& unit, const WhenAsked& when) {
  return about_unit(unit, when, [](const Snapshot& snapshot, const auto& id, const auto& asked) {
    const auto& organisation = snapshot.organisation();
    auto items = Json::array();
    for (const auto* held : organisation.covering(id, asked)) {
      items.push_back({{"person", person_json(organisation, held->person)},
                       {"post", post_json(organisation.post(held->post))},
                       {"mode", held->mode},
                       {"from", base::to_string(held->valid.from)},
                       {"to", date_or_null(held->valid.to)}});
    }
    return Json{{"items", std::move(items)}};
  });
}

}  // namespace zeren::app
