// Plans that answer a task: by who holds it, or, where an answer waits to be accepted, by who gave it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "records/actor.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"
#include "store/change_set.hpp"

namespace zeren::records {

struct TaskAnswer {
  TaskVerb verb = TaskVerb::Finish;
  std::string opinion;
  std::optional<base::Date> due;  ///< of Reissue: the new date; of Grant: the date given, if not the one asked for
};

/// Finish, Agree, Disagree, Read, Answer, Accept, Reissue, Grant or Decline. The signature that settles a
/// countersigning takes the others back. Fails with StepUnknown for a verb the kind does not know,
/// TaskUnknown, TaskNotYours, Forbidden, TaskOutOfTurn, RolesIncompatible, StepNotAllowedInState for an answer
/// that is not there yet, TasksOpen while what was delegated is open, and StepReasonMissing where an opinion is
/// needed: to disagree, to decline, to answer, to issue again.
base::Result<store::ChangeSet> plan_answer(const RecordType& type, const Record& record,
                                           const std::string& task, const TaskAnswer& answer,
                                           const Actor& actor, const Planning& planning);

/// What `actor` could do with the task now.
std::vector<TaskVerb> possible_task_verbs(const RecordType& type, const Record& record,
                                          const Task& task, const Actor& actor);

}  // namespace zeren::records
