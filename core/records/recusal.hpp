// Recusal (回避, domain E6): from the moment it is declared or ordered, a person sees and does nothing of the
// record any more, and whatever waited for the person's posts waits for somebody else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "records/task_plans.hpp"
#include "store/change_set.hpp"

namespace zeren::records {

struct RecusalOrder {
  org::PersonId person;
  std::vector<org::PostId> posts;  ///< that the person holds today
  std::string relation;
  std::string reason;
  std::optional<Assignee> replacement;  ///< gets the person's open tasks
};

/// Declared by whom it concerns, or ordered by who may in this type. Fails with Forbidden, StepReasonMissing,
/// RecordRecused when it stands already, AssigneeUnfit, or TasksOpen when tasks wait for the person and no
/// replacement is named.
base::Result<store::ChangeSet> plan_recusal(const RecordType& type, const Record& record,
                                            const RecusalOrder& order, const Actor& actor,
                                            const Planning& planning);

/// A comment for those on the author's side of the dispatch, `circle`. Fails with StepReasonMissing when it says
/// nothing, TextTooLong over base::kLongestText, and StepNotAllowedInState on a closed record.
base::Result<store::ChangeSet> plan_comment(const RecordType& type, const Record& record,
                                            const std::string& text, const Giver& author,
                                            const Actor& actor, const Planning& planning);

/// In what capacity and on which side of the dispatch `actor` speaks: as the owner's, a recipient's, or as the
/// holder of a task. Fails with Forbidden for who is none of them.
base::Result<Giver> standing_of(const RecordType& type, const Record& record, const Actor& actor);

/// Whether `actor` belongs to the side `circle` of the dispatch, by a role or by a task.
bool is_of_circle(const Record& record, const org::UnitId& circle, const Actor& actor);

}  // namespace zeren::records
