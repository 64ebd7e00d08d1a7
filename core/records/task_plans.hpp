// Plans that give tasks and take them back: handling, countersigning, circulation, supervision, more time.
// Answering one is in task_answers.hpp. All are functions of what was read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "records/actor.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"
#include "records/record_writer.hpp"

namespace zeren::records {

/// A post that a task may go to, and who holds it today.
struct Assignee {
  org::PostId post;
  org::UnitId unit;
  std::string title;
  org::PersonId person;               ///< empty: vacant
  std::string account;                ///< empty: the person has none
  std::vector<rules::HeldRole> roles; ///< of the person, in the record's module
};

/// What somebody is asked to do.
struct TaskOrder {
  TaskKind kind = TaskKind::Handle;
  std::vector<Assignee> assignees;  ///< in order
  std::string demand;
  std::optional<base::Date> due;
  Agreement agreement = Agreement::All;
  std::int64_t quorum = 0;
  std::string add_to;  ///< a countersigning that gets more signers; empty: a new one
  std::string parent;  ///< the task that is delegated; empty: none
};

/// In what capacity somebody gives tasks, and on whose side of the dispatch.
struct Giver {
  rules::HeldRole capacity;
  org::UnitId circle;
};

/// Gives the tasks. Fails with StepNotAllowedInState on a closed record, Forbidden, RolesIncompatible,
/// AssigneeUnfit, TaskUnknown for a countersigning that is not there, StepReasonMissing when supervision or
/// a request for more time does not say why, RequestMalformed for a quorum nobody can reach or a missing date.
base::Result<store::ChangeSet> plan_give(const RecordType& type, const Record& record,
                                         const TaskOrder& order, const Actor& actor,
                                         const Planning& planning);

/// 转办 and 委派: `verb` is Reassign, the holder is out, or Delegate, the holder stays answerable. By the
/// holder; reassigning also by who gave it. Fails with TaskUnknown, TaskNotYours, AssigneeUnfit,
/// StepReasonMissing.
base::Result<store::ChangeSet> plan_pass_on(const RecordType& type, const Record& record,
                                            const std::string& task, TaskVerb verb,
                                            const Assignee& to, const std::string& reason,
                                            const Actor& actor, const Planning& planning);

/// 减签 and the taking back of any task, with a reason, by who may give it. Fails with TaskUnknown, Forbidden,
/// StepReasonMissing, or RequestMalformed when too few signers would be left.
base::Result<store::ChangeSet> plan_take_back(const RecordType& type, const Record& record,
                                              const std::string& task, const std::string& reason,
                                              const Actor& actor, const Planning& planning);

/// 催办: counted on the task, noted and told. By anybody with a role on the side that gave it. Fails with
/// TaskUnknown or Forbidden.
base::Result<store::ChangeSet> plan_urge(const RecordType& type, const Record& record,
                                         const std::string& task, const std::string& reason,
                                         const Actor& actor, const Planning& planning);

/// 移交: every open task of the post `from` on this record goes to `to`. By the holder of `from`, or on each
/// task by who may give it. Fails with Forbidden, AssigneeUnfit, StepReasonMissing.
base::Result<store::ChangeSet> plan_hand_over(const RecordType& type, const Record& record,
                                              const org::PostId& from, const Assignee& to,
                                              const std::string& reason, const Actor& actor,
                                              const Planning& planning);

// What the plans of steps, answers and recusals share.

/// Those of `by` that act at `side`, wherever counting as both.
std::vector<MayAct> acting_at(const std::vector<MayAct>& by, const Side& side);
/// Fails with AssigneeUnfit, naming who and why, or RequestMalformed.
base::Result<void> check_assignees(const RecordType& type, const Record& record,
                                   const TaskRule& rule, const TaskOrder& order,
                                   const org::UnitId& circle);
void add_tasks(RecordWriter& writer, const Record& record, const TaskOrder& order,
               const Giver& giver, const Actor& actor, const Planning& planning);
/// Withdraws what is open among `kinds`, and what was not agreed to: it was about what will be no more.
void end_tasks(RecordWriter& writer, const Record& record, const std::vector<TaskKind>& kinds);
/// Withdraws what is open among `kinds`; an objection stands.
void end_open_tasks(RecordWriter& writer, const Record& record, const std::vector<TaskKind>& kinds);

/// An open task, or TaskUnknown; also TaskUnknown to whom stands outside its circle and does not hold it.
base::Result<const Task*> find_task(const Record& record, const std::string& id,
                                    const Actor& actor);
/// The post through which `actor` holds the task, or TaskNotYours, which names who does.
base::Result<rules::HeldRole> holder_capacity(const RecordType& type, const Task& task,
                                              const Actor& actor);
/// In what capacity `actor` may dispose of the task as its giver, or Forbidden.
base::Result<rules::HeldRole> giver_capacity(const RecordType& type, const Record& record,
                                             const Task& task, const Actor& actor,
                                             const base::Json& action);
base::Result<void> check_reason(const base::Json& verb, const std::string& reason);
/// Fails with StepNotAllowedInState once the record is archived or void.
base::Result<void> check_not_closed(const RecordType& type, const Record& record,
                                    const base::Json& verb);
/// TasksOpen, which counts and names them.
tl::unexpected<base::Error> tasks_open(const std::vector<const Task*>& tasks);

}  // namespace zeren::records
