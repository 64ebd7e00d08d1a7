#include "records/record_plans.hpp"

#include <algorithm>

#include "base/unicode.hpp"
#include "records/actor.hpp"
#include "records/dispatch_plans.hpp"
#include "records/emitted_event.hpp"
#include "records/field_groups.hpp"
#include "records/link_guards.hpp"
#include "records/made_records.hpp"
#include "records/nil_report.hpp"
#include "records/record_writer.hpp"
#include "records/role_conflict.hpp"
#include "records/step_verbs.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;

constexpr std::size_t kYearDigits = 4;

bool holds(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

Json all_steps(const RecordType& type) {
  std::vector<Json> titles;
  titles.reserve(type.steps.size());
  for (const auto& step : type.steps) titles.push_back(with_key(step.title, step.key));
  return joined(titles);
}

// Who took `step` since the record was last sent back; empty when nobody did.
std::string taken_by(const Record& record, const std::string& step) {
  for (auto it = record.history.rbegin(); it != record.history.rend(); ++it) {
    if (it->step == step) return it->account;
  }
  return {};
}

Result<void> check_other_person(const RecordType& type, const Record& record, const Step& step,
                                const Actor& actor) {
  for (const auto& other : step.not_same_person_as) {
    if (taken_by(record, other) != actor.account) continue;
    Args args;
    say(args, "step", step.title);
    say(args, "other", type.title_of_step(other));
    return base::fail(Code::StepSamePerson, std::move(args));
  }
  return {};
}

Result<void> check_content(const RecordType& type, const Json& content, const Surroundings& around,
                           bool standing = true) {
  if (auto valid = type.schema.check(content, codes_known(around, standing)); !valid) return valid;
  return check_nil_report(type, content);
}

Result<void> check_required(const RecordType& type, const Step& step, const Json& content) {
  for (const auto& field : step.required_fields) {
    if (!is_blank(content, field) || is_settled_by_nil(type, content, field)) continue;
    Args args{{"field", field}, {"field.zh-CN", type.schema.title_of(field)}};
    say(args, "step", step.title);
    return base::fail(Code::StepNeedsField, std::move(args), {"", 0, 0, "/" + field});
  }
  return {};
}

tl::unexpected<base::Error> not_here(const RecordType& type, const Record& record,
                                     const Json& title) {
  Args args;
  say(args, "step", title);
  say(args, "state", type.state(record.state).title);
  say(args, "steps", type.steps_from(record.state));
  return base::fail(Code::StepNotAllowedInState, std::move(args));
}

// What was sent and returned is submitted again as a version of its own, also when no word changed.
bool reopens(const RecordType& type, const Record& record, const Step& step) {
  const auto* sent = record.current_dispatch();
  return sent != nullptr && type.state(record.state).editable && !step.dispatches && sent->content_version == record.content_version;
}

// A countersigning that a step asks for takes the place of an earlier one of the same round.
Result<void> ask_signers(RecordWriter& writer, const RecordType& type, const Record& record,
                         const Step& step, const Admitted& admitted, const Actor& actor,
                         const Planning& planning) {
  end_tasks(writer, record, {TaskKind::Countersign});
  TaskOrder order;
  order.kind = TaskKind::Countersign;
  order.agreement = step.countersign->agreement;
  order.quorum = step.countersign->quorum;
  order.assignees = admitted.signers;
  const TaskRule rule{step.by, step.countersign->signers};
  auto fit = check_assignees(type, record, rule, order, record.unit);
  if (!fit) return fit;
  add_tasks(writer, record, order, {admitted.capacity, record.unit}, actor, planning);
  return {};
}

Record begun(const RecordType& type, const Ground& ground, const Beginning& beginning, const Planning& planning) {
  Record record;
  record.id = planning.ids.next();
  record.type = type.key;
  record.module = type.module;
  record.schema_version = type.schema_version;
  record.content_schema = type.schema_version;
  record.unit = ground.unit;
  record.period = ground.period;
  record.obligation = ground.obligation;
  record.rule_version = ground.rule_version;
  record.sensitivity = beginning.sensitivity;
  record.state = type.first_step().to;
  return record;
}

}  // namespace

Ground::Ground(const Obligation& owed)
    : unit(owed.owner), period(owed.period), obligation(owed.id), rule_version(owed.rule_version) {}

Result<std::string> free_period(const RecordType& type, const std::string& given, const base::Date& today) {
  if (!type.free) {
    Args args;
    say(args, "type", type.title);
    return base::fail(Code::RecordNotFree, std::move(args), {"", 0, 0, "/obligation"});
  }
  const bool yearly = type.free == FreePeriod::Year;
  if (yearly && given.empty()) return base::to_string(today).substr(0, kYearDigits);
  const auto is_year = [&] {
    return given.size() == kYearDigits && std::ranges::all_of(given, [](char c) { return c >= '0' && c <= '9'; });
  };
  if (yearly ? is_year() : given.empty()) return given;
  return base::fail(Code::RequestMalformed,
                    {{"reason", yearly ? "the period is a year, like 2026" : "records of this type have no period"},
                     {"reason.zh-CN", yearly ? "周期应为年份，如 2026" : "该类记录不分周期"}},
                    {"", 0, 0, "/period"});
}

Result<ChangeSet> plan_draft(const RecordType& type, const Ground& ground, const Json& content,
                             const Actor& actor, const Planning& planning, const Beginning& beginning) {
  const auto& step = type.first_step();
  const Sides sides{ground.unit, {}, &beginning.around};
  const auto capacity = capacity_for_step(type, step, actor, sides);
  if (!capacity) return base::pass(capacity);
  const bool recused = std::ranges::any_of(beginning.recusals, [&](const Recusal& each) {
    return each.person == actor.person;
  });
  if (recused) return base::fail(Code::RecordRecused);
  if (auto own = keep_unseen(type, actor.groups, content, Json::object()); !own) {
    return base::pass(std::move(own));
  }
  if (auto valid = check_content(type, content, beginning.around); !valid) return base::pass(std::move(valid));
  const auto record = begun(type, ground, beginning, planning);
  RecordWriter writer(record, "record." + step.key, store::Audience::OwnSide, actor, planning);
  writer.create();
  writer.write_content(type, content);
  writer.take_step(step.key, step.to, *capacity, "");
  for (const auto& recusal : beginning.recusals) writer.add_recusal(recusal, planning.ids.next());
  for (const auto& link : beginning.links) {
    auto added = add_link(writer, type, record, link, actor.account, planning);
    if (!added) return base::pass(std::move(added));
  }
  for (const auto& event : step.emits) {
    writer.tell(emitted_event(type, event, record, {content, step.to, writer.version()}));
  }
  return writer.finish();
}

Result<ChangeSet> plan_edit(const RecordType& type, const Record& record, const Json& given,
                            const Actor& actor, const Planning& planning) {
  const auto& first = type.first_step();
  const Json edit{{"en", "Edit"}, {"zh-CN", "修改"}};
  const auto capacity = capacity_for(type, first.by, actor, sides_of(record), edit);
  if (!capacity) return base::pass(capacity);
  if (!type.state(record.state).editable) return not_here(type, record, edit);
  const auto content = keep_unseen(type, actor.groups, given, record.content);
  if (!content) return base::pass(content);
  if (auto valid = check_content(type, *content, record.around); !valid) return base::pass(std::move(valid));
  RecordWriter writer(record, "record.edit", store::Audience::OwnSide, actor, planning);
  writer.write_content(type, *content);
  return writer.finish();
}

Result<Admitted> admit_step(const RecordType& type, const Record& record,
                            const StepRequest& request, const Actor& actor) {
  const auto* step = type.step(request.step);
  if (step == nullptr || step->from.empty()) {
    Args args{{"step", request.step}};
    say(args, "type", type.title);
    say(args, "steps", all_steps(type));
    return base::fail(Code::StepUnknown, std::move(args));
  }
  auto capacity = capacity_for_step(type, *step, actor, sides_of(record));
  if (!capacity) return base::pass(std::move(capacity));
  if (!holds(step->from, record.state)) return not_here(type, record, step->title);
  if (auto other = check_other_person(type, record, *step, actor); !other) return base::pass(other);
  auto roles = check_roles(type, record, actor.account, capacity->role);
  if (!roles) return base::pass(std::move(roles));
  const bool needs_reason = step->reason_required || verb_needs_reason(step->verb);
  if (needs_reason && base::is_blank(request.reason)) {
    Args args;
    say(args, "step", step->title);
    return base::fail(Code::StepReasonMissing, std::move(args), {"", 0, 0, "/reason"});
  }
  auto to = admit_verb(type, record, *step, request.to, request.time_is_up);
  if (!to) return base::pass(std::move(to));
  if (auto ready = check_link_guards(type, record, *step, *to); !ready) return base::pass(std::move(ready));
  return Admitted{step, std::move(*capacity), std::move(*to)};
}

Result<ChangeSet> plan_step(const RecordType& type, const Record& record, const Admitted& admitted,
                            const std::string& reason, const std::map<std::string, Json>& patch,
                            const Obligation* obligation, const Actor& actor,
                            const Planning& planning) {
  const auto& step = *admitted.step;
  Json content = record.content;
  for (const auto& [field, value] : patch) content[field] = value;
  // What is closed long after may name units that ended meanwhile; nothing is written or sent to them.
  const bool written = content != record.content || step.dispatches || type.state(record.state).editable;
  auto valid = check_content(type, content, record.around, written);
  if (!valid) return base::pass(std::move(valid));
  if (auto complete = check_required(type, step, content); !complete) return base::pass(complete);
  RecordWriter writer(record, "record." + step.key, store::Audience::OwnSide, actor, planning);
  const bool corrects = step.verb == Verb::Correct;
  if (corrects || content != record.content || reopens(type, record, step)) writer.write_content(type, content);
  writer.take_step(step.key, admitted.to, admitted.capacity, reason);
  carry_out_verb(writer, record, step, reason);
  rest_on_linked(writer, record, step);
  if (step.creates) {
    auto made = make_records(writer, record, step, *admitted.made, admitted.capacity, actor, planning);
    if (!made) return base::pass(std::move(made));
  }
  if (step.dispatches) {
    if (auto sent = send(writer, type, record, content, obligation, planning); !sent) {
      return base::pass(std::move(sent));
    }
  }
  if (step.countersign) {
    auto asked = ask_signers(writer, type, record, step, admitted, actor, planning);
    if (!asked) return base::pass(std::move(asked));
  }
  for (const auto& event : step.emits) {
    writer.tell(emitted_event(type, event, record, {content, admitted.to, writer.version()}));
  }
  return writer.finish();
}

}  // namespace zeren::records
