// Who acts on a record: an account, and the roles its person holds.
#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "records/record_type.hpp"
#include "rules/roles.hpp"

namespace zeren::records {

struct Actor {
  std::string account;                 ///< id
  std::vector<rules::HeldRole> roles;  ///< in the record's module
};

/// The moment and the identifiers a plan works with.
struct Planning {
  base::Instant now;
  base::IdGenerator& ids;
};

/// The role under which `actor` may do what takes one of `by`, with `owner` and `recipient` as the units
/// that sides mean. Fails with Forbidden, which names `action` and the roles it takes.
base::Result<rules::HeldRole> capacity_for(const std::vector<MayAct>& by, const Actor& actor,
                                           const org::UnitId& owner, const org::UnitId& recipient,
                                           const std::string& action);

/// `主持工作 县委书记` as code and title: `in_charge:县委书记`.
std::string capacity_text(const rules::HeldRole& role);

}  // namespace zeren::records
