#include "app/commands/task_commands.hpp"

#include <algorithm>

#include "app/record_case.hpp"
#include "records/recusal.hpp"
#include "records/task_answers.hpp"
#include "records/task_plans.hpp"
#include "rules/rule_book.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using records::TaskVerb;
using store::ChangeSet;

// A late filing stays late: time is asked for, and granted, while there is some left.
Result<void> check_in_time(Snapshot& snapshot, const records::Record& record) {
  const auto obligation = obligation_of(snapshot, record);
  if (!obligation) return base::pass(obligation);
  if (!*obligation || snapshot.today <= (*obligation)->due) return {};
  const auto due = base::to_string((*obligation)->due);
  return base::fail(Code::RequestMalformed,
                    {{"reason", "it was due on " + due + "; what is late stays late"},
                     {"reason.zh-CN", "期限（" + due + "）已过，逾期的仍按逾期处理"}});
}

tl::unexpected<base::Error> malformed(const std::string& english, const std::string& chinese,
                                      const std::string& pointer) {
  return base::fail(Code::RequestMalformed, {{"reason", english}, {"reason.zh-CN", chinese}},
                    {"", 0, 0, pointer});
}

// What is asked for by yesterday is late before anybody hears of it.
Result<void> check_still_to_come(const Snapshot& snapshot, std::optional<base::Date> due) {
  if (!due || *due >= snapshot.today) return {};
  const auto day = base::to_string(*due);
  return malformed("\"due\", " + day + ", is past; give today or a later day",
                   "办理期限（" + day + "）早于今天，请改为今天或者以后", "/due");
}

bool ends_at_due_date(const records::RecordType& type, records::TaskKind kind) {
  const auto rule = type.tasks.find(kind);
  return rule != type.tasks.end() && rule->second.before_due;
}

// Whether the date asked for, or given, is more time than there is.
Result<void> check_more_time(Snapshot& snapshot, const RecordCase& open, std::optional<base::Date> asked) {
  if (!asked) return {};
  const auto obligation = obligation_of(snapshot, open.record);
  if (!obligation) return base::pass(obligation);
  if (*obligation && (*obligation)->due < *asked) return {};
  const auto due = *obligation ? base::to_string((*obligation)->due) : std::string("-");
  return base::fail(Code::RequestMalformed,
                    {{"reason", "the date must be after the due date, " + due},
                     {"reason.zh-CN", "延长后的期限须晚于原定期限（" + due + "）"}},
                    {"", 0, 0, "/due"});
}

Result<ChangeSet> plan_give(Snapshot& snapshot, const access::Principal& principal,
                            const std::string& record, const GivenTask& given) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  records::TaskOrder order{given.kind,      {},           given.demand, given.due,
                           given.agreement, given.quorum, given.add_to, {}};
  for (const auto& code : given.to) {
    auto who = assignee_of(snapshot, *open->module, code);
    if (!who) return base::pass(std::move(who));
    order.assignees.push_back(std::move(*who));
  }
  if (auto coming = check_still_to_come(snapshot, given.due); !coming) return base::pass(std::move(coming));
  if (given.kind == records::TaskKind::MoreTime) {
    if (auto later = check_more_time(snapshot, *open, given.due); !later) return base::pass(later);
  }
  if (ends_at_due_date(*open->type, given.kind)) {
    if (auto early = check_in_time(snapshot, open->record); !early) return base::pass(early);
  }
  return resting_on(records::plan_give(*open->type, open->record, order, open->actor,
                                       planning(snapshot)),
                    *open->module, snapshot);
}

Result<void> check_grant(Snapshot& snapshot, const RecordCase& open, const TaskStep& step) {
  if (auto later = check_more_time(snapshot, open, step.due); !later) return later;
  if (!ends_at_due_date(*open.type, records::TaskKind::MoreTime)) return {};
  return check_in_time(snapshot, open.record);
}

Result<ChangeSet> plan_for(Snapshot& snapshot, const RecordCase& open, const TaskStep& step) {
  const auto& [record, module, type, actor, granted] = open;
  switch (step.verb) {
    case TaskVerb::Reassign:
    case TaskVerb::Delegate: {
      const auto to = assignee_of(snapshot, *module, step.to);
      if (!to) return base::pass(to);
      return records::plan_pass_on(*type, record, step.task, step.verb, *to, step.text, actor,
                                   planning(snapshot));
    }
    case TaskVerb::TakeBack:
    case TaskVerb::RemoveSigner:
      return records::plan_take_back(*type, record, step.task, step.text, actor, planning(snapshot));
    case TaskVerb::Urge:
      return records::plan_urge(*type, record, step.task, step.text, actor, planning(snapshot));
    default:
      if (step.verb == TaskVerb::Grant) {
        if (auto fit = check_grant(snapshot, open, step); !fit) return base::pass(fit);
      }
      return records::plan_answer(*type, record, step.task, {step.verb, step.text, step.due}, actor,
                                  planning(snapshot));
  }
}

Result<ChangeSet> plan_task_step(Snapshot& snapshot, const access::Principal& principal,
                                 const std::string& record, const TaskStep& step) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  return resting_on(plan_for(snapshot, *open, step), *open->module, snapshot);
}

template <class T>
void append(std::vector<T>& all, std::vector<T>& more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// One change for all records, so that either every task moves or none.
void join(ChangeSet& all, ChangeSet one) {
  append(all.rows, one.rows);
  append(all.reads, one.reads);
  append(all.events, one.events);
  append(all.act.objects, one.act.objects);
  if (!all.act.action.empty()) return;
  all.act.action = one.act.action;
  all.act.committed = one.act.committed;
}

void list_moved(const records::Record& record, const org::PostId& from, Json& items) {
  for (const auto& task : record.tasks) {
    if (!task.is_open() || task.post != from) continue;
    items.push_back({{"record", record.id}, {"task", task.id},
                     {"kind", std::string(name_of(task.kind))}});
  }
}

Result<void> hand_over_on(Snapshot& snapshot, const RecordCase& open, const std::string& from,
                          const std::string& to, const std::string& reason, ChangeSet& all) {
  const auto* post = snapshot.organisation().post_by_code(from);
  const auto who = assignee_of(snapshot, *open.module, to);
  if (!who) return base::pass(who);
  auto change =
      resting_on(records::plan_hand_over(*open.type, open.record, post->id, *who, reason, open.actor,
                                         planning(snapshot)),
                 *open.module, snapshot);
  if (!change) return base::pass(std::move(change));
  if (change->rows.empty()) return {};
  list_moved(open.record, post->id, all.answer["items"]);
  join(all, std::move(*change));
  return {};
}

bool is_closed_to_caller(const base::Error& why) {
  return why.code == Code::RecordUnknown || why.code == Code::RecordRecused;
}

Result<ChangeSet> plan_hand_over(Snapshot& snapshot, const access::Principal& principal,
                                 const std::string& from, const std::string& to,
                                 const std::string& reason) {
  const auto* post = snapshot.organisation().post_by_code(from);
  if (post == nullptr) return base::fail(Code::PostUnknown, {{"post", from}});
  if (snapshot.organisation().post_by_code(to) == nullptr) {
    return base::fail(Code::PostUnknown, {{"post", to}});
  }
  if (from == to) {
    return malformed("the post cannot hand over to itself; name another post in \"to\"",
                     "不能移交给原职务，请填写其他职务", "/to");
  }
  auto said = records::check_reason({{"en", "Hand over"}, {"zh-CN", "移交"}}, reason);
  if (!said) return base::pass(std::move(said));
  const auto records = records::records_with_tasks_of(snapshot.session, post->id);
  if (!records) return base::pass(records);
  ChangeSet all;
  all.answer = {{"items", Json::array()}};
  for (const auto& record : *records) {
    const auto open = open_case(snapshot, principal, record);
    if (!open && is_closed_to_caller(open.error())) continue;
    if (!open) return base::pass(open);
    auto done = hand_over_on(snapshot, *open, from, to, reason, all);
    if (!done) return base::pass(std::move(done));
  }
  return all;
}

std::vector<org::PostId> posts_of(const Snapshot& snapshot, const org::PersonId& person) {
  std::vector<org::PostId> posts;
  for (const auto* held : snapshot.organisation().appointments_of(person, {snapshot.today})) {
    posts.push_back(held->post);
  }
  return posts;
}

// What the person has read before it stood aside, for those who judge what that knowledge did. From what was noted
// in passing: the entry keeps it.
Result<Json> earlier_reads(Snapshot& snapshot, const std::string& record, const org::PersonId& person) {
  const auto rows = snapshot.session.query(
      "SELECT q.first_at, q.last_at FROM record_read q JOIN account a ON a.id = q.account"
      " WHERE q.record = :1 AND a.person = :2 ORDER BY q.first_at",
      std::vector<store::Value>{record, person.value});
  if (!rows) return base::pass(rows);
  auto reads = Json::array();
  for (const auto& row : *rows) {
    reads.push_back({{"first", base::to_string(base::from_millis(row.integer(0)))},
                     {"last", base::to_string(base::from_millis(row.integer(1)))}});
  }
  return reads;
}

Result<ChangeSet> plan_recuse(Snapshot& snapshot, const access::Principal& principal,
                              const std::string& record, const Recused& recused) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  records::RecusalOrder order{principal.person, {}, recused.relation, recused.reason, {}};
  if (!recused.person.empty()) {
    const auto* person = snapshot.organisation().person_by_code(recused.person);
    if (person == nullptr) return base::fail(Code::PersonUnknown, {{"person", recused.person}});
    order.person = person->id;
  }
  order.posts = posts_of(snapshot, order.person);
  if (!recused.replacement.empty()) {
    auto who = assignee_of(snapshot, *open->module, recused.replacement);
    if (!who) return base::pass(std::move(who));
    order.replacement = std::move(*who);
  }
  auto change = resting_on(records::plan_recusal(*open->type, open->record, order, open->actor,
                                                 planning(snapshot)),
                           *open->module, snapshot);
  if (!change) return change;
  auto reads = earlier_reads(snapshot, record, order.person);
  if (!reads) return base::pass(std::move(reads));
  change->act.committed["earlier_reads"] = *reads;
  change->answer["earlier_reads"] = std::move(*reads);
  return change;
}

Result<ChangeSet> plan_comment(Snapshot& snapshot, const access::Principal& principal,
                               const std::string& record, const std::string& text) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  const auto author = records::standing_of(*open->type, open->record, open->actor);
  if (!author) return base::pass(author);
  return resting_on(records::plan_comment(*open->type, open->record, text, *author, open->actor,
                                          planning(snapshot)),
                    *open->module, snapshot);
}

}  // namespace

Command give_task(const access::Principal& principal, const std::string& record,
                  const GivenTask& given) {
  return {"give." + std::string(name_of(given.kind)), [=](Snapshot& snapshot) {
            return plan_give(snapshot, principal, record, given);
          },
          {{"record", record, 0}}};
}

Command take_task_step(const access::Principal& principal, const std::string& record,
                       const TaskStep& step) {
  return {"task." + std::string(name_of(step.verb)), [=](Snapshot& snapshot) {
            return plan_task_step(snapshot, principal, record, step);
          },
          {{"record", record, 0}}};
}

Command hand_over(const access::Principal& principal, const std::string& from, const std::string& to,
                  const std::string& reason) {
  return {"task.hand_over", [=](Snapshot& snapshot) {
            return plan_hand_over(snapshot, principal, from, to, reason);
          }};
}

Command recuse(const access::Principal& principal, const std::string& record,
               const Recused& recused) {
  return {"record.recuse", [=](Snapshot& snapshot) {
            return plan_recuse(snapshot, principal, record, recused);
          },
          {{"record", record, 0}}};
}

Command add_comment(const access::Principal& principal, const std::string& record,
                    const std::string& text) {
  return {"record.comment", [=](Snapshot& snapshot) {
            return plan_comment(snapshot, principal, record, text);
          },
          {{"record", record, 0}}};
}

}  // namespace zeren::app
