#include "records/record_plans.hpp"

#include <algorithm>

#include "base/unicode.hpp"
#include "records/dispatch_plans.hpp"
#include "records/record_writer.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;

bool holds(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

std::string all_steps(const RecordType& type) {
  std::string keys;
  for (const auto& step : type.steps) keys += (keys.empty() ? "" : ", ") + step.key;
  return keys;
}

bool is_blank(const Json& content, const std::string& field) {
  const auto found = content.find(field);
  if (found == content.end() || found->is_null()) return true;
  return found->is_string() && base::is_blank(found->get_ref<const std::string&>());
}

// Who took `step` since the record was last sent back; empty when nobody did.
std::string taken_by(const Record& record, const std::string& step) {
  for (auto it = record.history.rbegin(); it != record.history.rend(); ++it) {
    if (it->step == step) return it->account;
  }
  return {};
}

Result<void> check_other_person(const Record& record, const Step& step, const Actor& actor) {
  for (const auto& other : step.not_same_person_as) {
    if (taken_by(record, other) == actor.account) {
      return base::fail(Code::StepSamePerson, {{"step", step.key}, {"other", other}});
    }
  }
  return {};
}

Result<void> check_required(const Step& step, const Json& content) {
  for (const auto& field : step.required_fields) {
    if (is_blank(content, field)) {
      return base::fail(Code::StepNeedsField, {{"step", step.key}, {"field", field}},
                        {"", 0, 0, "/" + field});
    }
  }
  return {};
}

// What was sent and returned is submitted again as a version of its own, also when no word changed.
bool reopens(const Record& record, const Step& step) {
  const auto* sent = record.current_dispatch();
  return sent != nullptr && !step.dispatches && sent->content_version == record.content_version;
}

}  // namespace

Result<ChangeSet> plan_draft(const RecordType& type, const Obligation& obligation,
                             const Json& content, const Actor& actor, const Planning& planning) {
  const auto& step = type.first_step();
  const auto capacity = capacity_for(step.by, actor, obligation.owner, {}, step.key);
  if (!capacity) return base::pass(capacity);
  if (auto valid = type.schema.check(content); !valid) return base::pass(std::move(valid));
  Record record;
  record.id = planning.ids.next();
  record.type = type.key;
  record.module = type.module;
  record.schema_version = type.schema_version;
  record.unit = obligation.owner;
  record.period = obligation.period;
  record.obligation = obligation.id;
  record.rule_version = obligation.rule_version;
  RecordWriter writer(record, "record." + step.key, actor, planning);
  writer.create();
  writer.write_content(content);
  writer.take_step(step.key, step.to, capacity_text(*capacity), "");
  return writer.finish();
}

Result<ChangeSet> plan_edit(const RecordType& type, const Record& record, const Json& content,
                            const Actor& actor, const Planning& planning) {
  const auto& first = type.first_step();
  const auto capacity = capacity_for(first.by, actor, record.unit, {}, "edit");
  if (!capacity) return base::pass(capacity);
  if (!type.state(record.state).editable) {
    return base::fail(Code::StepNotAllowedInState, {{"step", "edit"},
                                                    {"state", record.state},
                                                    {"steps", type.steps_from(record.state)}});
  }
  if (auto valid = type.schema.check(content); !valid) return base::pass(std::move(valid));
  RecordWriter writer(record, "record.edit", actor, planning);
  writer.write_content(content);
  return writer.finish();
}

Result<Admitted> admit_step(const RecordType& type, const Record& record, const std::string& key,
                            const std::string& reason, const Actor& actor) {
  const auto* step = type.step(key);
  if (step == nullptr || step->from.empty()) {
    return base::fail(Code::StepUnknown,
                      {{"type", type.key}, {"step", key}, {"steps", all_steps(type)}});
  }
  auto capacity = capacity_for(step->by, actor, record.unit, {}, key);
  if (!capacity) return base::pass(std::move(capacity));
  if (!holds(step->from, record.state)) {
    return base::fail(Code::StepNotAllowedInState, {{"step", key},
                                                    {"state", record.state},
                                                    {"steps", type.steps_from(record.state)}});
  }
  if (auto other = check_other_person(record, *step, actor); !other) return base::pass(other);
  if (step->reason_required && base::is_blank(reason)) {
    return base::fail(Code::StepReasonMissing, {{"step", key}}, {"", 0, 0, "/reason"});
  }
  return Admitted{step, std::move(*capacity)};
}

Result<ChangeSet> plan_step(const RecordType& type, const Record& record, const Admitted& admitted,
                            const std::string& reason, const std::map<std::string, Json>& patch,
                            const Obligation* obligation, const Actor& actor,
                            const Planning& planning) {
  const auto& step = *admitted.step;
  Json content = record.content;
  for (const auto& [field, value] : patch) content[field] = value;
  if (auto valid = type.schema.check(content); !valid) return base::pass(std::move(valid));
  if (auto complete = check_required(step, content); !complete) return base::pass(complete);
  RecordWriter writer(record, "record." + step.key, actor, planning);
  if (content != record.content || reopens(record, step)) writer.write_content(content);
  writer.take_step(step.key, step.to, capacity_text(admitted.capacity), reason);
  if (step.dispatches) {
    if (auto sent = send(writer, record, content, obligation, planning); !sent) {
      return base::pass(std::move(sent));
    }
  }
  return writer.finish();
}

}  // namespace zeren::records
