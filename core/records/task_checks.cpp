// Who may give, hold and dispose of tasks: the checks that the plans of task_plans.hpp share.
#include <algorithm>

#include "base/unicode.hpp"
#include "records/role_conflict.hpp"
#include "records/task_plans.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;

tl::unexpected<base::Error> unfit(const Assignee& who, const Json& reason) {
  Args args{{"person", who.title}};
  say(args, "reason", reason);
  return base::fail(Code::AssigneeUnfit, std::move(args), {"", 0, 0, "/to"});
}

bool fits(const RecordType& type, const std::vector<MayAct>& to, const Assignee& who, const Sides& sides) {
  return std::any_of(to.begin(), to.end(), [&](const MayAct& may) {
    return std::any_of(who.roles.begin(), who.roles.end(), [&](const rules::HeldRole& held) {
      const bool there = stands_on(type, may.at, held.unit, sides);
      return held.role == may.role && held.post_title == who.title && there;
    });
  });
}

// The role the person would act in: the first of the post.
std::string role_of(const Assignee& who) {
  for (const auto& held : who.roles) {
    if (held.unit == who.unit && held.post_title == who.title) return held.role;
  }
  return {};
}

bool is_asked(const Record& record, const TaskOrder& order, const Assignee& who) {
  return std::any_of(record.tasks.begin(), record.tasks.end(), [&](const Task& task) {
    const bool same = order.add_to.empty() ? task.is_open() && task.kind == order.kind &&
                                                 order.kind != TaskKind::Countersign
                                           : task.signing == order.add_to &&
                                                 task.state != TaskState::Withdrawn;
    return same && task.post == who.post;
  });
}

Result<void> check_assignee(const RecordType& type, const Record& record, const TaskRule& rule,
                            const Assignee& who, const org::UnitId& circle) {
  if (who.person.value.empty()) {
    return unfit(who, {{"en", "nobody holds the post"}, {"zh-CN", "该职务目前缺位"}});
  }
  const bool recused = std::any_of(record.recusals.begin(), record.recusals.end(),
                                   [&](const Recusal& each) { return each.person == who.person; });
  if (recused) return unfit(who, {{"en", "recused from this record"}, {"zh-CN", "须回避该事项"}});
  if (!fits(type, rule.to, who, sides_of(record, circle))) {
    std::vector<Json> roles;
    roles.reserve(rule.to.size());
    for (const auto& may : rule.to) roles.push_back(type.title_of_role(may));
    const auto needs = joined(roles);
    return unfit(who, {{"en", "it takes " + needs.at("en").get<std::string>()},
                       {"zh-CN", "承办人须为" + needs.at("zh-CN").get<std::string>()}});
  }
  return check_roles(type, record, who.account, role_of(who));
}

Result<void> check_count(const TaskOrder& order) {
  if (order.assignees.empty()) {
    return base::fail(Code::RequestMalformed, {{"reason", "\"to\" must name a post at least"},
                                               {"reason.zh-CN", "至少须指定一个职务"}},
                      {"", 0, 0, "/to"});
  }
  const auto count = static_cast<std::int64_t>(order.assignees.size());
  const bool counts = order.kind == TaskKind::Countersign && order.agreement == Agreement::Quorum;
  if (!counts || !order.add_to.empty() || (order.quorum > 0 && order.quorum <= count)) return {};
  return base::fail(Code::RequestMalformed,
                    {{"reason", "the quorum must be between 1 and the number of signers"},
                     {"reason.zh-CN", "规定人数须在 1 与会签人数之间"}},
                    {"", 0, 0, "/quorum"});
}

}  // namespace

std::vector<MayAct> acting_at(const std::vector<MayAct>& by, const Side& side) {
  std::vector<MayAct> some;
  for (const auto& may : by) {
    const bool dispatched = may.at == Side::Owner || may.at == Side::Recipient;
    const bool there = dispatched ? may.at == side : may.at == Side::Anywhere || side == Side::Owner;
    if (there) some.push_back(may);
  }
  return some;
}

Result<void> check_assignees(const RecordType& type, const Record& record, const TaskRule& rule,
                             const TaskOrder& order, const org::UnitId& circle) {
  if (auto count = check_count(order); !count) return count;
  for (auto who = order.assignees.begin(); who != order.assignees.end(); ++who) {
    const bool twice = std::any_of(order.assignees.begin(), who,
                                   [&](const Assignee& each) { return each.post == who->post; });
    if (twice || is_asked(record, order, *who)) {
      return unfit(*who, {{"en", "asked already"}, {"zh-CN", "已在办理之列"}});
    }
    if (auto fit = check_assignee(type, record, rule, *who, circle); !fit) return fit;
  }
  return {};
}

Result<const Task*> find_task(const Record& record, const std::string& id, const Actor& actor) {
  const auto found = std::find_if(record.tasks.begin(), record.tasks.end(),
                                  [&](const Task& task) { return task.id == id; });
  const auto concerns = [&](const Task& task) {
    const auto held = [&](const auto& each) { return each.unit == task.circle; };
    const auto holds = [&](const HeldPost& each) { return each.post == task.post; };
    return std::any_of(actor.roles.begin(), actor.roles.end(), held) ||
           std::any_of(actor.posts.begin(), actor.posts.end(), holds) ||
           task.given_by == actor.account;
  };
  if (found == record.tasks.end() || !found->is_open() || !concerns(*found)) {
    return base::fail(Code::TaskUnknown, {{"task", id}});
  }
  return &*found;
}

Result<rules::HeldRole> holder_capacity(const RecordType& type, const Task& task,
                                        const Actor& actor) {
  const auto post = std::find_if(actor.posts.begin(), actor.posts.end(),
                                 [&](const HeldPost& held) { return held.post == task.post; });
  if (post == actor.posts.end()) {
    return base::fail(Code::TaskNotYours, {{"holder", task.holder}});
  }
  // The role is what the post carries here; a countersigner from elsewhere may have none.
  const auto rule = type.tasks.find(task.kind);
  for (const auto& held : actor.roles) {
    const bool same = held.unit == post->unit && held.post_title == post->title;
    const bool asked = rule == type.tasks.end() || rule->second.to.empty() ||
                       std::ranges::find(rule->second.to, held.role, &MayAct::role) !=
                           rule->second.to.end();
    if (same && asked) return held;
  }
  return rules::HeldRole{"", post->unit, post->mode, post->title};
}

Result<rules::HeldRole> giver_capacity(const RecordType& type, const Record& record,
                                       const Task& task, const Actor& actor, const Json& action) {
  const auto sides = sides_of(record, task.circle);
  if (task.given_by == actor.account) {
    for (const auto& held : actor.roles) {
      if (capacity_text(held) == task.given_capacity) return held;
    }
  }
  const auto rule = type.tasks.find(task.kind);
  if (rule != type.tasks.end()) {
    const auto side = task.circle == record.unit ? Side::Owner : Side::Recipient;
    return capacity_for(type, acting_at(rule->second.by, side), actor, sides, action);
  }
  // A countersigning that a step asked for, in a type that lets nobody give one by hand.
  return capacity_for(type, type.first_step().by, actor, sides, action);
}

Result<void> check_reason(const Json& verb, const std::string& reason) {
  if (!base::is_blank(reason)) return {};
  Args args;
  say(args, "step", verb);
  return base::fail(Code::StepReasonMissing, std::move(args), {"", 0, 0, "/reason"});
}

Result<void> check_not_closed(const RecordType& type, const Record& record, const Json& verb) {
  if (!type.is_closed(record.state)) return {};
  Args args;
  say(args, "step", verb);
  say(args, "state", type.state(record.state).title);
  say(args, "steps", type.steps_from(record.state));
  return base::fail(Code::StepNotAllowedInState, std::move(args));
}

tl::unexpected<base::Error> tasks_open(const std::vector<const Task*>& tasks) {
  std::vector<Json> titles;
  for (const auto* task : tasks) {
    const auto kind = title_of(task->kind);
    titles.push_back({{"en", kind.at("en").get<std::string>() + " - " + task->holder},
                      {"zh-CN", task->holder + kind.at("zh-CN").get<std::string>()}});
  }
  Args args{{"count", std::to_string(tasks.size())}};
  say(args, "tasks", joined(titles));
  return base::fail(Code::TasksOpen, std::move(args));
}

}  // namespace zeren::records
