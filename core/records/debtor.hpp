// Who answers for what a unit, a post or an appointment owes, when units end and people come and go (domain E1,
// E2, E3, E11).
#pragma once

#include <optional>
#include <vector>

#include "base/civil_time.hpp"
#include "org/organisation.hpp"
#include "records/obligation.hpp"

namespace zeren::records {

/// A unit that a rule may ask, and the last day on which it can be asked for its place in the organisation.
struct Debtor {
  const org::Unit* unit = nullptr;  ///< never null; lives as long as the organisation
  base::Date as_of;
};

/// The units that stand on `on`, then those that ended before, except under another name: a renamed unit is the
/// same one. Any thread, as all of this file.
std::vector<Debtor> debtors(const org::Organisation& organisation, base::Date on);

/// The unit that was the first to bear its name and each of the names before: what it owes keeps its key.
org::UnitId first_name_of(const org::Organisation& organisation, const org::UnitId& unit);

/// Who answers on `due` for what `unit` owes about `period`.
struct Answerable {
  org::UnitId unit;
  std::optional<Provenance> moved;  ///< when it is another one
};

/// The unit itself while it stands; afterwards the one that took over, if it ended within the period or later.
/// Of several (a split) the one of the same kind, else the first by code: nothing is owed twice. nullopt when
/// nobody owes it. A unit that does not stand yet owes nothing.
std::optional<Answerable> answerable_for(const org::Organisation& organisation, const org::Unit& unit,
                                         const base::Period& period, base::Date due);

/// How many days of `period` the appointment lasted.
std::int64_t days_within(const org::Appointment& appointment, const base::Period& period);

/// Whether the person held anything at all on `on`: who has left owes nothing new.
bool is_in_office(const org::Organisation& organisation, const org::PersonId& person, base::Date on);

/// Appointments to the post that ended, without the same person going on in it, and those that made somebody the
/// holder of a post where somebody stood in until then; the earliest first.
std::vector<const org::Appointment*> left(const org::Organisation& organisation, const org::PostId& post);
std::vector<const org::Appointment*> confirmed(const org::Organisation& organisation,
                                               const org::PostId& post);

}  // namespace zeren::records
