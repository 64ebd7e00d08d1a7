// Who held which post from when to when: turnover, heads in charge or acting, vacancies, concurrent
// posts, and which units somebody answers for.
#pragma once

#include "generator/chance.hpp"
#include "generator/structure.hpp"
#include "generator/tables.hpp"

namespace zeren::demo {

/// Fills persons, appointments and portfolios.
void add_careers(const Structure& structure, Chance& chance, Tables& tables);

}  // namespace zeren::demo
