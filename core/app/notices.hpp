// Whom to remind, of what, on a day: found by looking only. What was told already is left out, so that whoever looks
// after a pause finds what was missed, once.
#pragma once

#include <string>
#include <vector>

#include "app/snapshot.hpp"
#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "store/change_set.hpp"

namespace zeren::app {

struct Notice {
  std::string kind;     ///< due_soon, overdue, task_overdue, receipt_missing, receipt_escalated
  std::string subject;  ///< `obligation/…`, `task/…`, `leg/…`
  base::Date day;       ///< with kind and subject: told once
  std::string module;
  org::UnitId unit;     ///< whose inbox
  org::PostId post;     ///< empty: everybody of the unit with a role of the module
  org::UnitId owner;    ///< of what it is about
  std::string record;   ///< empty: there is none
  base::Date due;
  store::Audience audience = store::Audience::Line;
};

/// What is to be told today, by kind: obligations that fall due soon (`reminder_days` before, on the last working day
/// before that; the latest only, when several have passed), those that are overdue and tasks that are; recipients
/// that have not receipted within `receipt_days` working days, and their discipline superior after as many again.
/// Nothing of what was due before its module was introduced. Fails as Session::query(). Blocks.
base::Result<std::vector<Notice>> due_notices(Snapshot& snapshot);

/// Whether it was told already. Fails as Session::query(). Blocks.
base::Result<bool> is_told(store::Session& session, const Notice& notice);

}  // namespace zeren::app
