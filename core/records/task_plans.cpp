#include "records/task_plans.hpp"

#include <algorithm>

#include "base/unicode.hpp"
#include "records/role_conflict.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;

// The sides of the dispatch on which `actor` could act: the owner's, then each recipient's.
std::vector<org::UnitId> circles_of(const Record& record) {
  std::vector<org::UnitId> circles{record.unit};
  for (const auto& dispatch : record.rounds) {
    for (const auto& leg : dispatch.legs) {
      const bool known = std::find(circles.begin(), circles.end(), leg.recipient) != circles.end();
      if (!known) circles.push_back(leg.recipient);
    }
  }
  return circles;
}

Result<Giver> find_giver(const RecordType& type, const Record& record, const TaskOrder& order,
                         const Actor& actor) {
  const auto rule = type.tasks.find(order.kind);
  const auto title = title_of(order.kind);
  if (rule == type.tasks.end()) {
    std::vector<Json> known;
    known.reserve(type.tasks.size());
    for (const auto& [kind, each] : type.tasks) known.push_back(title_of(kind));
    Args args;
    say(args, "type", type.title);
    say(args, "step", title);
    say(args, "steps", joined(known));
    return base::fail(Code::StepUnknown, std::move(args));
  }
  for (const auto& circle : circles_of(record)) {
    const auto by =
        acting_at(rule->second.by, circle == record.unit ? Side::Owner : Side::Recipient);
    auto capacity = capacity_for(type, by, actor, sides_of(record, circle), title);
    if (capacity) return Giver{std::move(*capacity), circle};
  }
  return base::pass(capacity_for(type, rule->second.by, actor, {}, title));
}

Result<void> check_order(const TaskOrder& order) {
  const bool must_say = order.kind == TaskKind::Supervise || order.kind == TaskKind::MoreTime;
  if (!must_say) return {};
  if (auto said = check_reason(title_of(order.kind), order.demand); !said) return said;
  if (order.due) return {};
  return base::fail(Code::RequestMalformed, {{"reason", "\"due\" must be a date"},
                                             {"reason.zh-CN", "须注明办理期限"}},
                    {"", 0, 0, "/due"});
}

// The newest signer of the countersigning that gets more; the others follow it.
Result<TaskOrder> joined_to(const Record& record, TaskOrder order) {
  if (order.add_to.empty()) return order;
  const Task* signer = nullptr;
  for (const auto& task : record.tasks) {
    if (task.signing == order.add_to) signer = &task;
  }
  if (order.kind != TaskKind::Countersign || signer == nullptr ||
      is_agreed(record.tasks, order.add_to)) {
    return base::fail(Code::TaskUnknown, {{"task", order.add_to}});
  }
  order.agreement = signer->agreement;
  order.quorum = signer->quorum;
  return order;
}

std::int64_t last_place(const Record& record, const std::string& signing) {
  std::int64_t last = 0;
  for (const auto& task : record.tasks) {
    if (!signing.empty() && task.signing == signing) last = std::max(last, task.place);
  }
  return last;
}

void move_to(Task& task, const Assignee& to) {
  task.post = to.post;
  task.unit = to.unit;
  task.holder = to.title;
}

TaskRule rule_for(const RecordType& type, const Task& task) {
  const auto rule = type.tasks.find(task.kind);
  if (rule != type.tasks.end()) return rule->second;
  for (const auto& step : type.steps) {
    if (step.countersign) return {step.by, step.countersign->signers};
  }
  return {};
}

Result<void> check_new_holder(const RecordType& type, const Record& record, const Task& task,
                              const Assignee& to) {
  TaskOrder order;
  order.kind = task.kind;
  order.assignees = {to};
  order.add_to = task.signing;
  return check_assignees(type, record, rule_for(type, task), order, task.circle);
}

TaskOrder delegation(const Task& task, const Assignee& to, const std::string& demand) {
  TaskOrder order;
  order.kind = task.kind;
  order.assignees = {to};
  order.demand = demand;
  order.due = task.due;
  order.parent = task.id;
  return order;
}

// All must still be able to agree, and somebody must have.
Result<void> check_signers_left(const Record& record, const Task& leaves) {
  std::int64_t left = 0;
  for (const auto& task : record.tasks) {
    const bool signs = task.signing == leaves.signing && task.state != TaskState::Withdrawn;
    left += signs && task.id != leaves.id ? 1 : 0;
  }
  if (leaves.signing.empty() || left >= std::max<std::int64_t>(1, leaves.quorum)) return {};
  return base::fail(Code::RequestMalformed,
                    {{"reason", "too few signers would be left; add another one first"},
                     {"reason.zh-CN", "减签后会签人数不足，请先加签"}});
}

void withdraw(RecordWriter& writer, const Task& task) {
  auto ended = task;
  ended.state = TaskState::Withdrawn;
  writer.change_task(ended);
}

}  // namespace

void add_tasks(RecordWriter& writer, const Record& record, const TaskOrder& order,
               const Giver& giver, const Actor& actor, const Planning& planning) {
  const bool signs = order.kind == TaskKind::Countersign;
  const auto signing = !signs ? std::string()
                              : order.add_to.empty() ? planning.ids.next() : order.add_to;
  auto place = last_place(record, order.add_to);
  for (const auto& who : order.assignees) {
    Task task;
    task.id = planning.ids.next();
    task.kind = order.kind;
    task.parent = order.parent;
    task.circle = giver.circle;
    move_to(task, who);
    task.given_by = actor.account;
    task.given_capacity = capacity_text(giver.capacity);
    task.given_at = planning.now;
    task.demand = order.demand;
    task.due = order.due;
    task.signing = signing;
    task.agreement = order.agreement;
    task.quorum = order.quorum;
    task.place = ++place;
    writer.add_task(task);
  }
}

void end_open_tasks(RecordWriter& writer, const Record& record, const std::vector<TaskKind>& kinds) {
  for (const auto& task : record.tasks) {
    const bool meant = std::find(kinds.begin(), kinds.end(), task.kind) != kinds.end();
    if (meant && task.is_open()) withdraw(writer, task);
  }
}

void end_tasks(RecordWriter& writer, const Record& record, const std::vector<TaskKind>& kinds) {
  end_open_tasks(writer, record, kinds);
  if (std::find(kinds.begin(), kinds.end(), TaskKind::Countersign) == kinds.end()) return;
  for (const auto& task : record.tasks) {
    const bool signs = task.kind == TaskKind::Countersign;
    if (signs && task.state == TaskState::Declined) withdraw(writer, task);
  }
}

Result<ChangeSet> plan_give(const RecordType& type, const Record& record, const TaskOrder& wanted,
                            const Actor& actor, const Planning& planning) {
  const auto title = title_of(wanted.kind);
  if (auto open = check_not_closed(type, record, title); !open) return base::pass(open);
  const auto giver = find_giver(type, record, wanted, actor);
  if (!giver) return base::pass(giver);
  auto roles = check_roles(type, record, actor.account, giver->capacity.role);
  if (!roles) return base::pass(std::move(roles));
  if (auto said = check_order(wanted); !said) return base::pass(std::move(said));
  const auto order = joined_to(record, wanted);
  if (!order) return base::pass(order);
  if (!order->add_to.empty()) {
    auto said = check_reason(title_of(TaskVerb::AddSigner), order->demand);
    if (!said) return base::pass(std::move(said));
  }
  auto fit = check_assignees(type, record, type.tasks.at(order->kind), *order, giver->circle);
  if (!fit) return base::pass(std::move(fit));
  const auto act = order->add_to.empty() ? "give." + std::string(name_of(order->kind))
                                         : std::string("task.add_signer");
  RecordWriter writer(record, act, store::Audience::Host, actor, planning);
  add_tasks(writer, record, *order, *giver, actor, planning);
  writer.note(act, giver->capacity, order->demand);
  return writer.finish();
}

Result<ChangeSet> plan_pass_on(const RecordType& type, const Record& record, const std::string& id,
                               TaskVerb verb, const Assignee& to, const std::string& reason,
                               const Actor& actor, const Planning& planning) {
  const auto task = find_task(record, id, actor);
  if (!task) return base::pass(task);
  auto capacity = holder_capacity(type, **task, actor);
  if (!capacity && verb == TaskVerb::Reassign) {
    if (auto giver = giver_capacity(type, record, **task, actor, title_of(verb))) {
      capacity = std::move(giver);
    }
  }
  if (!capacity) return base::pass(std::move(capacity));
  if (auto said = check_reason(title_of(verb), reason); !said) return base::pass(std::move(said));
  if (verb == TaskVerb::Delegate && (*task)->kind != TaskKind::Handle) {
    return base::fail(Code::RequestMalformed, {{"reason", "only a task to handle can be delegated"},
                                               {"reason.zh-CN", "只有承办任务可以委派"}});
  }
  if (auto fit = check_new_holder(type, record, **task, to); !fit) return base::pass(std::move(fit));
  const auto act = "task." + std::string(name_of(verb));
  RecordWriter writer(record, act, store::Audience::Host, actor, planning);
  if (verb == TaskVerb::Delegate) {
    add_tasks(writer, record, delegation(**task, to, reason), {*capacity, (*task)->circle}, actor,
              planning);
  } else {
    auto moved = **task;
    move_to(moved, to);
    writer.change_task(moved);
  }
  writer.note(act, *capacity, reason);
  return writer.finish();
}

Result<ChangeSet> plan_take_back(const RecordType& type, const Record& record, const std::string& id,
                                 const std::string& reason, const Actor& actor,
                                 const Planning& planning) {
  const auto task = find_task(record, id, actor);
  if (!task) return base::pass(task);
  const auto verb = (*task)->signing.empty() ? TaskVerb::TakeBack : TaskVerb::RemoveSigner;
  const auto capacity = giver_capacity(type, record, **task, actor, title_of(verb));
  if (!capacity) return base::pass(capacity);
  if (auto said = check_reason(title_of(verb), reason); !said) return base::pass(std::move(said));
  if (auto left = check_signers_left(record, **task); !left) return base::pass(std::move(left));
  const auto act = "task." + std::string(name_of(verb));
  RecordWriter writer(record, act, store::Audience::Host, actor, planning);
  auto ended = **task;
  ended.state = TaskState::Withdrawn;
  writer.change_task(ended);
  writer.note(act, *capacity, reason);
  return writer.finish();
}

Result<ChangeSet> plan_urge(const RecordType& type, const Record& record, const std::string& id,
                            const std::string& reason, const Actor& actor,
                            const Planning& planning) {
  const auto task = find_task(record, id, actor);
  if (!task) return base::pass(task);
  const auto on_side = std::find_if(actor.roles.begin(), actor.roles.end(), [&](const auto& held) {
    return held.unit == (*task)->circle;
  });
  auto capacity = on_side == actor.roles.end()
                      ? giver_capacity(type, record, **task, actor, title_of(TaskVerb::Urge))
                      : Result<rules::HeldRole>(*on_side);
  if (!capacity) return base::pass(std::move(capacity));
  RecordWriter writer(record, "task.urge", store::Audience::Host, actor, planning);
  auto urged = **task;
  ++urged.urged;
  writer.change_task(urged);
  writer.observe("task.urge", *capacity, reason);
  return writer.finish();
}

Result<ChangeSet> plan_hand_over(const RecordType& type, const Record& record,
                                 const org::PostId& from, const Assignee& to,
                                 const std::string& reason, const Actor& actor,
                                 const Planning& planning) {
  const Json title{{"en", "Hand over"}, {"zh-CN", "移交"}};
  if (auto said = check_reason(title, reason); !said) return base::pass(std::move(said));
  RecordWriter writer(record, "task.hand_over", store::Audience::Host, actor, planning);
  std::optional<rules::HeldRole> acting;
  for (const auto& task : record.tasks) {
    if (!task.is_open() || task.post != from) continue;
    auto capacity = holder_capacity(type, task, actor);
    if (!capacity) capacity = giver_capacity(type, record, task, actor, title);
    if (!capacity) return base::pass(std::move(capacity));
    auto fit = check_new_holder(type, record, task, to);
    if (!fit) return base::pass(std::move(fit));
    auto moved = task;
    move_to(moved, to);
    writer.change_task(moved);
    acting = std::move(*capacity);
  }
  if (!acting) return ChangeSet{};
  writer.note("task.hand_over", *acting, reason);
  return writer.finish();
}

}  // namespace zeren::records
