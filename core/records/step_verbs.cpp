#include "records/step_verbs.hpp"

#include <algorithm>

#include "records/dispatch_plans.hpp"
#include "records/reuse.hpp"
#include "records/task_plans.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;

bool begins_round(const RecordType& type, const StepTaken& taken) {
  const auto* step = type.step(taken.step);
  const bool came_back = taken.step.starts_with("leg.") && taken.from_state != taken.to_state;
  return came_back || (step != nullptr && step->dispatches);
}

void add_once(std::vector<std::string>& all, const std::string& one) {
  if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

Result<std::string> admit_return(const RecordType& type, const Record& record, const Step& step,
                                 const std::string& to) {
  if (to.empty() || to == step.to) return step.to;
  const auto possible = states_of_round(type, record);
  if (std::find(possible.begin(), possible.end(), to) != possible.end()) return to;
  std::vector<Json> titles;
  titles.reserve(possible.size());
  for (const auto& state : possible) titles.push_back(with_key(type.state(state).title, state));
  const auto listed = joined(titles);
  return base::fail(Code::RequestMalformed,
                    {{"reason", "a return leads back to a state of this round: " +
                                    listed.at("en").get<std::string>()},
                     {"reason.zh-CN", "只能退回本轮经过的环节：" + listed.at("zh-CN").get<std::string>()}},
                    {"", 0, 0, "/to"});
}

Result<void> admit_withdrawal(const Record& record) {
  const auto* dispatch = record.current_dispatch();
  if (dispatch == nullptr || dispatch->state == "recalled") return {};
  for (const auto& leg : dispatch->legs) {
    if (!leg.is_out() || (leg.state == LegState::Sent && !leg.opened_at)) continue;
    Args args;
    say(args, "state", leg.state == LegState::Sent ? Json{{"en", "opened"}, {"zh-CN", "已拆阅"}}
                                                   : title_of(leg.state));
    return base::fail(Code::LegAlreadyAnswered, std::move(args));
  }
  return {};
}

bool is_countersigning(const Task* task) { return task->kind == TaskKind::Countersign; }

Result<void> check_tasks(const Record& record, const Step& step, bool time_is_up) {
  auto open = outstanding(record.tasks, step.tasks_done);
  if (time_is_up && step.dispatches) std::erase_if(open, is_countersigning);
  if (step.verb == Verb::CloseOut || step.verb == Verb::Archive) {
    open.clear();
    for (const auto& task : record.tasks) {
      if (task.is_open()) open.push_back(&task);
    }
  }
  if (open.empty()) return {};
  return tasks_open(open);
}

// Everybody who ever received the record learns that it is being corrected.
void tell_recipients(RecordWriter& writer, const Record& record, const std::string& reason) {
  std::vector<std::string> units;
  for (const auto& dispatch : record.rounds) {
    if (dispatch.state == "recalled") continue;
    for (const auto& leg : dispatch.legs) {
      if (leg.is_out()) add_once(units, leg.recipient.value);
    }
  }
  writer.tell({"zeren.record.correction_notice",
               "record/" + record.id,
               store::Audience::Readers,
               {{"record", record.id}, {"module", record.module}, {"unit", record.unit.value},
                {"recipients", units}, {"reason", reason}}});
}

}  // namespace

bool verb_needs_reason(Verb verb) {
  return verb == Verb::Return || verb == Verb::Void || verb == Verb::Correct;
}

std::vector<std::string> states_of_round(const RecordType& type, const Record& record) {
  auto first = record.history.begin();
  for (auto it = record.history.begin(); it != record.history.end(); ++it) {
    if (begins_round(type, *it)) first = it;
  }
  std::vector<std::string> states;
  for (; first != record.history.end(); ++first) {
    // A newer version of the module may have dropped the state.
    if (type.states.contains(first->to_state)) add_once(states, first->to_state);
  }
  std::erase(states, record.state);
  return states;
}

Result<std::string> admit_verb(const RecordType& type, const Record& record, const Step& step,
                               const std::string& to, bool time_is_up) {
  if (!to.empty() && to != step.to && step.verb != Verb::Return) {
    return base::fail(Code::RequestMalformed, {{"reason", "only a return may name a state"},
                                               {"reason.zh-CN", "只有退回可以指定环节"}},
                      {"", 0, 0, "/to"});
  }
  if (auto done = check_tasks(record, step, time_is_up); !done) return base::pass(std::move(done));
  if (step.verb == Verb::Withdraw) {
    if (auto early = admit_withdrawal(record); !early) return base::pass(std::move(early));
  }
  if (step.verb == Verb::Return) return admit_return(type, record, step, to);
  return step.to;
}

void carry_out_verb(RecordWriter& writer, const Record& record, const Step& step,
                    const std::string& reason) {
  switch (step.verb) {
    case Verb::Void:
      writer.free_obligation();
      end_reuses(writer, record, reason);
      recall(writer, record);
      end_tasks(writer, record,
                {TaskKind::Handle, TaskKind::Countersign, TaskKind::Circulate, TaskKind::Supervise,
                 TaskKind::MoreTime});
      return;
    case Verb::Withdraw:
      // Who signs is asked again; who disagreed still does, until the same post agrees.
      recall(writer, record);
      end_open_tasks(writer, record, {TaskKind::Countersign});
      return;
    case Verb::Return:
      end_tasks(writer, record, {TaskKind::Countersign});
      return;
    case Verb::Correct:
      tell_recipients(writer, record, reason);
      return;
    case Verb::Move:
    case Verb::CloseOut:
    case Verb::Archive:
      return;
  }
}

}  // namespace zeren::records
