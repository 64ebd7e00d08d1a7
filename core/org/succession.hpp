// Which unit became which: mergers, splits and renamings, followed over any number of steps. So that
// what a unit owed or did can be shown as at that time, or mapped to the units of another day.
#pragma once

#include <string>
#include <vector>

#include "org/model.hpp"
#include "org/organisation.hpp"

namespace zeren::org {

struct Succession {
  UnitId unit;       ///< the other one: who took over, or from whom; it may be gone itself
  base::Date since;  ///< the first day
  std::string what;  ///< of successions(); empty when it was recorded without
  bool operator==(const Succession&) const = default;
};

/// Who had taken over from `unit` by that day, one step on; the earliest first. Any thread, as all
/// of this file.
std::vector<Succession> successors_of(const Organisation& organisation, const UnitId& unit,
                                      const AsOf& as_of);

/// From whom `unit` had taken over by that day, one step back; the earliest first.
std::vector<Succession> predecessors_of(const Organisation& organisation, const UnitId& unit,
                                        const AsOf& as_of);

/// The units that stand for `unit` on that day, ordered by code: itself while it stands, or else
/// those that took over, or from these, until they stand. Empty when nobody did.
std::vector<UnitId> mapped_to(const Organisation& organisation, const UnitId& unit,
                              const AsOf& as_of);

/// The units that `unit` stands for on that day, ordered by code: every one of which mapped_to()
/// names `unit`. Empty when `unit` does not stand then.
std::vector<UnitId> mapped_from(const Organisation& organisation, const UnitId& unit,
                                const AsOf& as_of);

}  // namespace zeren::org
