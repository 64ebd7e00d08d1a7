// Legs whose recipients have not signed for them in time: first to be urged, then for the discipline superior to see.
#pragma once

#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/queries/ledger_queries.hpp"

namespace zeren::app {

/// A copy that waits for its receipt longer than `receipt_days` working days (2 where the module says nothing).
struct OverdueReceipt {
  std::string record;
  std::string leg;
  std::string module;
  org::UnitId sender;
  org::UnitId recipient;
  base::Date since;                    ///< when it was delivered
  std::int64_t working_days = 0;       ///< that have passed
  bool escalated = false;              ///< twice as long: the discipline superiors see it
  std::vector<org::UnitId> superiors;  ///< of the recipient, by discipline
};

/// Every one, oldest first: for whoever reminds. Fails as Session::query(). Blocks.
base::Result<std::vector<OverdueReceipt>> overdue_receipts(Snapshot& snapshot);

/// A page, oldest first: `{items: [{record, leg, sender, recipient, since, working_days, escalated}], next}`: those of the caller's own unit, sent
/// or received, and those that have come to its unit as discipline superior, which learns that a receipt is
/// missing and nothing of what was sent. Fails as cut_page().
Query list_overdue_receipts(const access::Principal& principal, const Page& page);

}  // namespace zeren::app
