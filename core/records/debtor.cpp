#include "records/debtor.hpp"

#include <algorithm>

#include "org/code_tables.hpp"
#include "org/succession.hpp"

namespace zeren::records {
namespace {

const org::Succession* by_renaming(const std::vector<org::Succession>& all) {
  const auto found = std::ranges::find(all, org::kRename, &org::Succession::what);
  return found == all.end() ? nullptr : &*found;
}

// Units that ended before `on` and were not renamed into something that goes on.
bool ended(const org::Organisation& organisation, const org::Unit& unit, base::Date on) {
  if (unit.valid.to > on) return false;
  return by_renaming(org::successors_of(organisation, unit.id, {on})) == nullptr;
}

bool overlap(const base::Period& a, const base::Period& b) { return a.from < b.to && b.from < a.to; }

// The one of the same kind before any other; they come ordered by code.
org::UnitId best_of(const org::Organisation& organisation, const std::vector<org::UnitId>& units,
                    const std::string& kind) {
  const auto alike = std::find_if(units.begin(), units.end(), [&](const org::UnitId& id) {
    const auto* unit = organisation.unit(id);
    return unit != nullptr && unit->kind == kind;
  });
  return alike == units.end() ? units.front() : *alike;
}

std::vector<const org::Appointment*> tenures(const org::Organisation& organisation,
                                             const org::PostId& post) {
  return organisation.tenures_of(post, base::Instant::max());
}

}  // namespace

std::vector<Debtor> debtors(const org::Organisation& organisation, base::Date on) {
  std::vector<Debtor> all;
  for (const auto* unit : organisation.units({on})) all.push_back({unit, on});
  std::vector<Debtor> gone;
  for (const auto& revision : organisation.unit_history().all()) {
    if (revision.known_to || !ended(organisation, revision.value, on)) continue;
    gone.push_back({&revision.value, revision.value.valid.to - std::chrono::days(1)});
  }
  std::ranges::sort(gone, {}, [](const Debtor& each) { return each.unit->code; });
  all.insert(all.end(), gone.begin(), gone.end());
  return all;
}

org::UnitId first_name_of(const org::Organisation& organisation, const org::UnitId& unit) {
  auto name = unit;
  std::vector<org::UnitId> seen;
  while (std::ranges::find(seen, name) == seen.end()) {
    seen.push_back(name);
    const auto before = org::predecessors_of(organisation, name, {base::kForever - std::chrono::days(1)});
    const auto* renamed = by_renaming(before);
    if (renamed == nullptr) return name;
    name = renamed->unit;
  }
  return name;
}

std::optional<Answerable> answerable_for(const org::Organisation& organisation, const org::Unit& unit,
                                         const base::Period& period, base::Date due) {
  if (organisation.unit(unit.id, {due}) != nullptr) return Answerable{unit.id, std::nullopt};
  if (due < unit.valid.from || !overlap(unit.valid, period)) return std::nullopt;
  const auto heirs = org::mapped_to(organisation, unit.id, {due});
  const auto steps = org::successors_of(organisation, unit.id, {due});
  if (heirs.empty() || steps.empty()) return std::nullopt;
  return Answerable{best_of(organisation, heirs, unit.kind),
                    Provenance{unit.id, steps.front().since, steps.front().what}};
}

std::int64_t days_within(const org::Appointment& appointment, const base::Period& period) {
  const auto from = std::max(appointment.valid.from, period.from);
  const auto to = std::min(appointment.valid.to, period.to);
  return std::max<std::int64_t>(0, (to - from).count());
}

bool is_in_office(const org::Organisation& organisation, const org::PersonId& person, base::Date on) {
  return !organisation.appointments_of(person, {on}).empty();
}

std::vector<const org::Appointment*> left(const org::Organisation& organisation,
                                          const org::PostId& post) {
  const auto all = tenures(organisation, post);
  auto gone = all;
  std::erase_if(gone, [&](const auto* each) {
    return each->valid.to == base::kForever || std::ranges::any_of(all, [&](const auto* next) {
             return next->person == each->person && next->valid.from <= each->valid.to &&
                    next->valid.to > each->valid.to;
           });
  });
  std::ranges::stable_sort(gone, {}, [](const auto* each) { return each->valid.to; });
  return gone;
}

std::vector<const org::Appointment*> confirmed(const org::Organisation& organisation,
                                               const org::PostId& post) {
  const auto all = tenures(organisation, post);
  auto formal = all;
  std::erase_if(formal, [&](const auto* each) {
    const auto before = each->valid.from - std::chrono::days(1);
    const bool stood_in = std::ranges::any_of(all, [&](const auto* other) {
      return org::stands_in(other->mode) && other->valid.contains(before);
    });
    return org::stands_in(each->mode) || !stood_in;
  });
  return formal;
}

}  // namespace zeren::records
