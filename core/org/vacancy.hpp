// Posts without a holder, and since when: obligations hang on the post, so whether somebody stands in
// or nobody does decides who answers for them.
#pragma once

#include <optional>
#include <vector>

#include "org/model.hpp"
#include "org/organisation.hpp"

namespace zeren::org {

struct Vacancy {
  const Post* post = nullptr;  ///< never null; lives as long as the snapshot
  base::Date since;            ///< the first day without a holder
  std::vector<const Appointment*> stand_ins;   ///< in charge or acting on that day (stands_in())
  std::optional<base::Date> unattended_since;  ///< the first day without these either; none while
                                               ///< somebody stands in
};

/// Whether `post` had no holder on that day; nullopt when it had one, or did not stand. A post
/// nobody held before is vacant since it stands. Any thread, as all of this file.
std::optional<Vacancy> vacancy_of(const Organisation& organisation, const PostId& post,
                                  const AsOf& as_of);

/// The vacant posts of `unit` on that day, ordered by code.
std::vector<Vacancy> vacancies_in(const Organisation& organisation, const UnitId& unit,
                                  const AsOf& as_of);

/// Those of all units that stood on that day, ordered by code of unit and post.
std::vector<Vacancy> vacancies(const Organisation& organisation, const AsOf& as_of);

}  // namespace zeren::org
