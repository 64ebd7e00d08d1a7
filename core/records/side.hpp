// On whose side of a record a role is held: what steps, tasks, links and readers say about who may do or see it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "org/organisation.hpp"
#include "org/path.hpp"

namespace zeren::records {

/// Whose unit a role must be held in. Superior: one above the owner. Bearer: at the owner, through the post or
/// appointment on which the obligation hangs. Anywhere is for those who are given tasks: 会签 crosses units.
/// Named: the units that a path of the record's type leads to from the owner.
struct Side {
  enum Kind : std::uint8_t { Owner, Recipient, Anywhere, Superior, Bearer, Named };

  Side(Kind is = Owner) : kind(is) {}  // NOLINT(google-explicit-constructor): the usual sides are their kinds
  /// As a manifest calls it; what it has no word for is a side of that name.
  static Side called(const std::string& word);

  Kind kind;
  std::string name = {};  ///< of Named; else empty

  bool operator==(const Side&) const = default;
};

struct MayAct {
  std::string role;
  Side at = Side::Owner;
};

/// What a record type calls a side of its own.
struct NamedSide {
  base::Json title;  ///< {"en", "zh-CN"}
  org::Path path;    ///< from the unit that owns the record
};

using NamedSides = std::map<std::string, NamedSide, std::less<>>;

/// The member `sides` of a record type. Fails with ConfigInvalid when a path cannot be parsed. Any thread, as all
/// of this file.
base::Result<NamedSides> read_sides(const base::Json& type);

/// The units on that side of what `owner` owns, today's; of an owner that ended, of those that took over (domain E1).
std::vector<org::UnitId> units_on(const NamedSide& side, const org::Organisation& organisation,
                                  const org::UnitId& owner, base::Date today);

/// The same the other way: the owners on whose side `unit` stands today.
std::vector<org::UnitId> owners_beside(const NamedSide& side, const org::Organisation& organisation,
                                       const org::UnitId& unit, base::Date today);

}  // namespace zeren::records
