#include "org/succession.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace zeren::org {
namespace {

std::vector<Succession> steps(const Organisation& organisation, const UnitId& unit,
                              Direction direction, const AsOf& as_of) {
  std::vector<Succession> result;
  for (const auto* each :
       organisation.relations_of(unit, RelationKind::Successor, direction, as_of)) {
    result.push_back({direction == Direction::Forward ? each->to : each->from, each->valid.from,
                      each->succession});
  }
  return result;
}

bool stands(const Organisation& organisation, const UnitId& unit, const AsOf& as_of) {
  return organisation.unit(unit, as_of) != nullptr;
}

// A unit that has ended by now may have been unknown then: its latest code orders it all the same.
void order_by_code(const Organisation& organisation, std::vector<UnitId>& units) {
  const auto code = [&organisation](const UnitId& id) {
    const auto* unit = organisation.unit(id);
    return unit == nullptr ? std::string_view{} : std::string_view{unit->code};
  };
  std::sort(units.begin(), units.end(),
            [&code](const UnitId& a, const UnitId& b) { return code(a) < code(b); });
}

}  // namespace

std::vector<Succession> successors_of(const Organisation& organisation, const UnitId& unit,
                                      const AsOf& as_of) {
  return steps(organisation, unit, Direction::Forward, as_of);
}

std::vector<Succession> predecessors_of(const Organisation& organisation, const UnitId& unit,
                                        const AsOf& as_of) {
  return steps(organisation, unit, Direction::Backward, as_of);
}

std::vector<UnitId> mapped_to(const Organisation& organisation, const UnitId& unit,
                              const AsOf& as_of) {
  std::vector<UnitId> reached{unit};
  std::unordered_set<UnitId> seen{unit};
  std::vector<UnitId> standing;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const auto current = reached[i];
    if (stands(organisation, current, as_of)) {
      standing.push_back(current);
      continue;
    }
    for (const auto& next : successors_of(organisation, current, as_of)) {
      if (seen.insert(next.unit).second) reached.push_back(next.unit);
    }
  }
  order_by_code(organisation, standing);
  return standing;
}

std::vector<UnitId> mapped_from(const Organisation& organisation, const UnitId& unit,
                                const AsOf& as_of) {
  if (!stands(organisation, unit, as_of)) return {};
  std::vector<UnitId> reached{unit};
  std::unordered_set<UnitId> seen{unit};
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const auto current = reached[i];
    for (const auto& before : predecessors_of(organisation, current, as_of)) {
      // One that goes on beside its successor stands for itself.
      if (stands(organisation, before.unit, as_of)) continue;
      if (seen.insert(before.unit).second) reached.push_back(before.unit);
    }
  }
  order_by_code(organisation, reached);
  return reached;
}

}  // namespace zeren::org
