#include "records/task_answers.hpp"

#include <algorithm>

#include "records/role_conflict.hpp"
#include "records/task_plans.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;

std::vector<TaskVerb> verbs_of(TaskKind kind) {
  switch (kind) {
    case TaskKind::Handle: return {TaskVerb::Finish};
    case TaskKind::Countersign: return {TaskVerb::Agree, TaskVerb::Disagree};
    case TaskKind::Circulate: return {TaskVerb::Read};
    case TaskKind::Supervise: return {TaskVerb::Answer, TaskVerb::Accept, TaskVerb::Reissue};
    case TaskKind::MoreTime: return {TaskVerb::Grant, TaskVerb::Decline};
  }
  return {};
}

bool is_givers(TaskVerb verb) { return verb == TaskVerb::Accept || verb == TaskVerb::Reissue; }

bool needs_opinion(TaskVerb verb) {
  return verb == TaskVerb::Disagree || verb == TaskVerb::Decline || verb == TaskVerb::Answer ||
         verb == TaskVerb::Reissue;
}

TaskState state_after(TaskVerb verb) {
  switch (verb) {
    case TaskVerb::Answer: return TaskState::Answered;
    case TaskVerb::Reissue: return TaskState::Open;
    case TaskVerb::Disagree:
    case TaskVerb::Decline: return TaskState::Declined;
    default: return TaskState::Done;
  }
}

Result<void> check_verb(const Task& task, TaskVerb verb) {
  const auto known = verbs_of(task.kind);
  if (std::find(known.begin(), known.end(), verb) == known.end()) {
    std::vector<Json> titles;
    titles.reserve(known.size());
    for (const auto each : known) {
      titles.push_back(with_key(title_of(each), std::string(name_of(each))));
    }
    Args args;
    say(args, "type", title_of(task.kind));
    say(args, "step", title_of(verb));
    say(args, "steps", joined(titles));
    return base::fail(Code::StepUnknown, std::move(args));
  }
  const bool answered = task.state == TaskState::Answered;
  if (answered == is_givers(verb)) return {};
  Args args;
  say(args, "step", title_of(verb));
  say(args, "state", title_of(task.state));
  say(args, "steps", answered ? joined({title_of(TaskVerb::Accept), title_of(TaskVerb::Reissue)})
                              : title_of(TaskVerb::Answer));
  return base::fail(Code::StepNotAllowedInState, std::move(args));
}

Result<void> check_turn(const Record& record, const Task& task, TaskVerb verb) {
  if (const auto* before = whose_turn_before(record.tasks, task); before != nullptr) {
    return base::fail(Code::TaskOutOfTurn, {{"before", before->holder}});
  }
  if (verb != TaskVerb::Finish) return {};
  std::vector<const Task*> delegated;
  for (const auto& each : record.tasks) {
    if (each.parent == task.id && each.is_open()) delegated.push_back(&each);
  }
  if (delegated.empty()) return {};
  return tasks_open(delegated);
}

Result<rules::HeldRole> capacity_of(const RecordType& type, const Record& record, const Task& task,
                                    TaskVerb verb, const Actor& actor) {
  return is_givers(verb) ? giver_capacity(type, record, task, actor, title_of(verb))
                         : holder_capacity(type, task, actor);
}

Result<rules::HeldRole> admit(const RecordType& type, const Record& record, const Task& task,
                              const TaskAnswer& answer, const Actor& actor) {
  if (auto known = check_verb(task, answer.verb); !known) return base::pass(std::move(known));
  auto capacity = capacity_of(type, record, task, answer.verb, actor);
  if (!capacity) return capacity;
  if (auto turn = check_turn(record, task, answer.verb); !turn) return base::pass(std::move(turn));
  auto roles = check_roles(type, record, actor.account, capacity->role);
  if (!roles) return base::pass(std::move(roles));
  if (needs_opinion(answer.verb)) {
    auto said = check_reason(title_of(answer.verb), answer.opinion);
    if (!said) return base::pass(std::move(said));
  }
  return capacity;
}

// Who need not sign any more is not asked any more.
void settle(RecordWriter& writer, const Record& record, const Task& signed_now) {
  auto tasks = record.tasks;
  for (auto& task : tasks) {
    if (task.id == signed_now.id) task = signed_now;
  }
  if (signed_now.signing.empty() || !is_agreed(tasks, signed_now.signing)) return;
  for (auto& task : tasks) {
    if (task.signing != signed_now.signing || !task.is_open()) continue;
    task.state = TaskState::Withdrawn;
    writer.change_task(task);
  }
}

Task answered(const Task& task, const TaskAnswer& answer, const rules::HeldRole& capacity,
              const Actor& actor, const Planning& planning) {
  auto next = task;
  next.state = state_after(answer.verb);
  if (answer.verb == TaskVerb::Accept) return next;  // what was answered stands
  if (answer.verb == TaskVerb::Reissue) {
    next.demand = answer.opinion;
    if (answer.due) next.due = answer.due;
    next.opinion.clear();
    next.answered_by.clear();
    next.capacity.clear();
    next.answered_at.reset();
    return next;
  }
  if (answer.verb == TaskVerb::Grant) next.granted = answer.due;
  next.opinion = answer.opinion;
  next.answered_by = actor.account;
  next.capacity = capacity_text(capacity);
  next.answered_at = planning.now;
  return next;
}

}  // namespace

Result<ChangeSet> plan_answer(const RecordType& type, const Record& record, const std::string& id,
                              const TaskAnswer& answer, const Actor& actor,
                              const Planning& planning) {
  const auto task = find_task(record, id, actor);
  if (!task) return base::pass(task);
  const auto capacity = admit(type, record, **task, answer, actor);
  if (!capacity) return base::pass(capacity);
  const auto act = "task." + std::string(name_of(answer.verb));
  RecordWriter writer(record, act, store::Audience::Host, actor, planning);
  const auto next = answered(**task, answer, *capacity, actor, planning);
  writer.change_task(next);
  settle(writer, record, next);
  // Who has read it changes nothing for whoever works on it.
  if (answer.verb == TaskVerb::Read) {
    writer.observe(act, *capacity, answer.opinion);
  } else {
    writer.note(act, *capacity, answer.opinion);
  }
  return writer.finish();
}

std::vector<TaskVerb> possible_task_verbs(const RecordType& type, const Record& record,
                                          const Task& task, const Actor& actor) {
  std::vector<TaskVerb> possible;
  if (!find_task(record, task.id, actor)) return possible;
  for (const auto verb : verbs_of(task.kind)) {
    const bool waits = (task.state == TaskState::Answered) == is_givers(verb);
    const bool may = capacity_of(type, record, task, verb, actor).has_value();
    if (waits && may && check_turn(record, task, verb)) possible.push_back(verb);
  }
  if (holder_capacity(type, task, actor)) {
    possible.push_back(TaskVerb::Reassign);
    if (task.kind == TaskKind::Handle) possible.push_back(TaskVerb::Delegate);
  }
  const auto take_back = task.signing.empty() ? TaskVerb::TakeBack : TaskVerb::RemoveSigner;
  if (giver_capacity(type, record, task, actor, title_of(take_back))) {
    possible.push_back(take_back);
    possible.push_back(TaskVerb::Urge);
  }
  return possible;
}

}  // namespace zeren::records
