#include "org/vacancy.hpp"

#include <algorithm>
#include <iterator>

#include "org/code_tables.hpp"

namespace zeren::org {
namespace {

// The first day of the gap that `day` lies in: when the last of the tenures before it ended.
base::Date gap_begin(const Post& post, const std::vector<const Appointment*>& tenures,
                     base::Date day) {
  auto begin = post.valid.from;
  for (const auto* each : tenures) {
    if (each->valid.to <= day) begin = std::max(begin, each->valid.to);
  }
  return begin;
}

std::optional<Vacancy> find_vacancy(const Organisation& organisation, const Post& post,
                                    const AsOf& as_of) {
  Vacancy vacancy{&post, {}, {}, {}};
  const auto tenures = organisation.tenures_of(post.id, as_of.known);
  std::vector<const Appointment*> holders;
  for (const auto* each : tenures) {
    const bool there = each->valid.contains(as_of.valid);
    const bool holds = !stands_in(each->mode);
    if (there && holds) return std::nullopt;
    if (there) vacancy.stand_ins.push_back(each);
    if (holds) holders.push_back(each);
  }
  vacancy.since = gap_begin(post, holders, as_of.valid);
  if (vacancy.stand_ins.empty()) {
    vacancy.unattended_since = gap_begin(post, tenures, as_of.valid);
  }
  return vacancy;
}

}  // namespace

std::optional<Vacancy> vacancy_of(const Organisation& organisation, const PostId& post,
                                  const AsOf& as_of) {
  const auto* revision = organisation.post_history().at(post, as_of.known);
  if (revision == nullptr || !revision->value.valid.contains(as_of.valid)) return std::nullopt;
  return find_vacancy(organisation, revision->value, as_of);
}

std::vector<Vacancy> vacancies_in(const Organisation& organisation, const UnitId& unit,
                                  const AsOf& as_of) {
  std::vector<Vacancy> result;
  for (const auto* post : organisation.posts_of(unit, as_of)) {
    auto vacancy = find_vacancy(organisation, *post, as_of);
    if (vacancy) result.push_back(std::move(*vacancy));
  }
  return result;
}

std::vector<Vacancy> vacancies(const Organisation& organisation, const AsOf& as_of) {
  std::vector<Vacancy> result;
  for (const auto* unit : organisation.units(as_of)) {
    auto some = vacancies_in(organisation, unit->id, as_of);
    std::move(some.begin(), some.end(), std::back_inserter(result));
  }
  return result;
}

}  // namespace zeren::org
