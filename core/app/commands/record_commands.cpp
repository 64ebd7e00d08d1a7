#include "app/commands/record_commands.hpp"

#include <optional>

#include "app/bearer.hpp"
#include "app/epochs.hpp"
#include "app/hook_request.hpp"
#include "app/linked.hpp"
#include "app/queries/unit_reference.hpp"
#include "app/reach.hpp"
#include "app/record_case.hpp"
#include "records/dispatch_plans.hpp"
#include "records/ledger.hpp"
#include "records/obligation_rows.hpp"
#include "records/record_plans.hpp"
#include "records/reuse.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;

Json step_request(const RecordCase& open, const records::Admitted& admitted, const std::string& reason,
                  const Snapshot& snapshot) {
  const auto& record = open.record;
  return hook_request(snapshot, admitted.step->key,
                      {record.id, record.type, record.unit, record.period, record.state,
                       record.version, record.content},
                      {open.actor.account, records::capacity_text(admitted.capacity),
                       admitted.capacity.unit},
                      reason);
}

tl::unexpected<base::Error> vetoed(const modules::Veto& veto) {
  const std::string pointer = veto.field ? "/" + *veto.field : "";
  return base::fail(Code::PluginVetoed, {{"text", veto.en}, {"text.zh-CN", veto.zh}},
                    {"", 0, 0, pointer});
}

Result<std::map<std::string, Json>> ask_module(const RecordCase& open, const records::Admitted& admitted,
                                               const std::string& reason,
                                               const Snapshot& snapshot) {
  auto request = with_parameters(step_request(open, admitted, reason, snapshot), *open.module, snapshot);
  request["record"]["links"] = links_for_module(open.record);
  auto verdict = open.module->module->will_step(request);
  if (!verdict) return base::pass(std::move(verdict));
  if (verdict->veto) return vetoed(*verdict->veto);
  return std::move(verdict->patch);
}

}  // namespace

Result<records::Beginning> beginning_of(Snapshot& snapshot, const EnabledModule& module,
                                        const records::Obligation& obligation) {
  records::Beginning beginning{surroundings_of(snapshot, module, obligation.owner, &obligation), {}};
  const auto type = snapshot.modules().type(obligation.module, obligation.record_type);
  if (!type) return base::pass(type);
  const auto before = snapshot.session.query(
      "SELECT id, state FROM record WHERE obligation IS NULL AND module = :1 AND type = :2 AND unit = :3"
      " AND period = :4 ORDER BY id",
      std::vector<store::Value>{obligation.module, obligation.record_type, obligation.owner.value,
                                obligation.period});
  if (!before) return base::pass(before);
  std::map<org::PersonId, records::Recusal> recused;
  for (const auto& row : *before) {
    if (!(*type)->is_closed(row.text(1))) continue;  // nobody ever owed it: it is free
    const auto recusals = records::load_recusals(snapshot.session, row.text(0));
    if (!recusals) return base::pass(recusals);
    for (const auto& each : *recusals) recused.emplace(each.person, each);
  }
  for (auto& [person, recusal] : recused) beginning.recusals.push_back(std::move(recusal));
  return beginning;
}

namespace {

// From the due date on, that day included, nobody's endorsement holds a sending up: it must be possible in time. Who
// was granted more time has the endorsers wait as long.
Result<bool> is_due(Snapshot& snapshot, const records::Record& record) {
  const auto obligation = obligation_of(snapshot, record);
  if (!obligation) return base::pass(obligation);
  if (!*obligation) return false;
  return records::time_granted(record.tasks).value_or((*obligation)->due) <= snapshot.today;
}

// That the obligation has no record yet, nor one that was filed for something else.
Result<void> check_unanswered(Snapshot& snapshot, const access::Principal& principal,
                              const records::Obligation& obligation) {
  const auto standing = snapshot.session.first(
      "SELECT id FROM record WHERE obligation = :1 OR id = :2"
      " UNION ALL SELECT record FROM reuse WHERE obligation = :3 AND state = 'standing'",
      std::vector<store::Value>{obligation.id, obligation.source, obligation.id});
  if (!standing) return base::pass(standing);
  if (!*standing) return {};
  const auto& id = (*standing)->text(0);
  if (auto free = records::check_not_recused(snapshot.session, principal.person, id); !free) return free;
  return base::fail(Code::RecordExists, {{"record", id}});
}

// Who drafts what, as whom.
struct Drafting {
  const EnabledModule& module;
  const records::RecordType& type;
  records::Actor actor;
};

Result<ChangeSet> draft_on(Snapshot& snapshot, const Reach& reach, const Drafting& drafting,
                           const records::Ground& ground, const Json& content, const Start& start,
                           records::Beginning beginning) {
  beginning.sensitivity = start.sensitivity;
  for (const auto& wanted : start.links) {
    auto order = link_order(snapshot, reach, wanted);
    if (!order) return base::pass(std::move(order));
    beginning.links.push_back(std::move(*order));
  }
  return resting_on(
      records::plan_draft(drafting.type, ground, content, drafting.actor, planning(snapshot), beginning),
      drafting.module, snapshot);
}

Result<ChangeSet> plan_draft(Snapshot& snapshot, const access::Principal& principal,
                             const std::string& obligation_id, const Json& content, const Start& start) {
  const auto obligation = records::load_obligation(snapshot.session, obligation_id);
  if (!obligation) return base::pass(obligation);
  const Reach reach(principal, snapshot);
  if (!reach.sees(*obligation)) {
    return base::fail(Code::ObligationUnknown, {{"obligation", obligation_id}});
  }
  if (auto free = check_unanswered(snapshot, principal, *obligation); !free) return base::pass(std::move(free));
  const auto type = snapshot.modules().type(obligation->module, obligation->record_type);
  if (!type) return base::pass(type);
  const auto& module = **snapshot.modules().find(obligation->module);
  auto matter = matter_of(**type, *obligation, principal.id);
  matter.sensitivity = start.sensitivity.value_or(matter.sensitivity);
  auto beginning = beginning_of(snapshot, module, *obligation);
  if (!beginning) return base::pass(std::move(beginning));
  auto unused = records::read_of_reuse(snapshot.session, obligation_id);
  if (!unused) return base::pass(std::move(unused));
  const Drafting drafting{module, **type, reach.actor_on(module, matter, &*obligation)};
  auto change = draft_on(snapshot, reach, drafting, *obligation, content, start, std::move(*beginning));
  if (!change) return change;
  change->act.rule = rule_name(*obligation);  // there is no record yet by which to look it up
  change->reads.push_back(std::move(*unused));
  return change;
}

Result<ChangeSet> plan_free_draft(Snapshot& snapshot, const access::Principal& principal, const FreeDraft& draft,
                                  const Json& content, const Start& start) {
  const auto type = snapshot.modules().type(draft.module, draft.type);
  if (!type) return base::pass(type);
  const auto unit = unit_called(snapshot, draft.unit);
  if (!unit) return base::pass(unit);
  auto period = records::free_period(**type, draft.period, snapshot.today);
  if (!period) return base::pass(std::move(period));
  const auto& module = **snapshot.modules().find(draft.module);
  const Reach reach(principal, snapshot);
  const Matter matter{*type, *unit, principal.id, start.sensitivity.value_or((*type)->sensitivity)};
  const Drafting drafting{module, **type, reach.actor_on(module, matter, nullptr)};
  const records::Ground ground(*unit, std::move(*period));
  auto change = draft_on(snapshot, reach, drafting, ground, content, start,
                         {surroundings_of(snapshot, module, *unit, nullptr)});
  if (change) change->reads.push_back(read_of_organisation(snapshot));
  return change;
}

Result<ChangeSet> plan_edit(Snapshot& snapshot, const access::Principal& principal,
                            const std::string& record, std::int64_t version, const Json& content) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  if (auto fresh = check_version(open->record, version); !fresh) return base::pass(fresh);
  return resting_on(records::plan_edit(*open->type, open->record, content, open->actor, planning(snapshot)),
                    *open->module, snapshot);
}

Result<records::Admitted> admit(Snapshot& snapshot, const RecordCase& open,
                                records::StepRequest request) {
  const auto due = is_due(snapshot, open.record);
  if (!due) return base::pass(due);
  request.time_is_up = *due;
  auto admitted = records::admit_step(*open.type, open.record, request, open.actor);
  if (!admitted) return admitted;
  auto signers = signers_of(snapshot, *open.module, *admitted->step, open.record.unit);
  if (!signers) return base::pass(std::move(signers));
  admitted->signers = std::move(*signers);
  if (const auto& creates = admitted->step->creates) {
    const auto made = snapshot.modules().type(open.module->id, creates->type);
    if (!made) return base::pass(made);
    admitted->made = *made;
  }
  return admitted;
}

Result<ChangeSet> plan_step(Snapshot& snapshot, const access::Principal& principal,
                            const std::string& record, std::int64_t version,
                            const records::StepRequest& request) {
  auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(std::move(open));
  if (auto fresh = check_version(open->record, version); !fresh) return base::pass(fresh);
  if (auto read = read_linked(snapshot, *open); !read) return base::pass(std::move(read));
  const auto admitted = admit(snapshot, *open, request);
  if (!admitted) return base::pass(admitted);
  const auto patch = ask_module(*open, *admitted, request.reason, snapshot);
  if (!patch) return base::pass(patch);
  const auto obligation = obligation_of(snapshot, open->record);
  if (!obligation) return base::pass(obligation);
  auto change = resting_on(records::plan_step(*open->type, open->record, *admitted, request.reason, *patch,
                                              *obligation ? &**obligation : nullptr, open->actor,
                                              planning(snapshot)),
                           *open->module, snapshot);
  const auto* unit = snapshot.organisation().unit(open->record.unit);
  const bool missing = !change && change.error().code == Code::RecipientMissing && unit != nullptr;
  if (missing) change.error().args["unit"] = unit->code;  // what people know it by
  return change;
}

Result<ChangeSet> plan_answer(Snapshot& snapshot, const access::Principal& principal,
                              const std::string& record, const std::string& leg,
                              const std::string& step, const std::string& reason) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  return resting_on(records::plan_leg_answer(*open->type, open->record, leg, step, reason,
                                             open->actor, planning(snapshot)),
                    *open->module, snapshot);
}

Result<ChangeSet> plan_open(Snapshot& snapshot, const access::Principal& principal,
                            const std::string& record) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  return resting_on(records::plan_open_legs(open->record, open->actor, planning(snapshot)),
                    *open->module, snapshot);
}

Result<ChangeSet> plan_urge(Snapshot& snapshot, const access::Principal& principal,
                            const std::string& record, const std::string& leg,
                            const std::string& reason) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  return resting_on(records::plan_urge_leg(*open->type, open->record, leg, reason, open->actor,
                                           planning(snapshot)),
                    *open->module, snapshot);
}

}  // namespace

Command draft_record(const access::Principal& principal, const std::string& obligation, const Json& content,
                     const Start& start) {
  return {"record.draft", [=](Snapshot& snapshot) {
            return plan_draft(snapshot, principal, obligation, content, start);
          },
          {{"obligation", obligation, 0}}};
}

Command draft_free_record(const access::Principal& principal, const FreeDraft& draft, const Json& content,
                          const Start& start) {
  return {"record.draft", [=](Snapshot& snapshot) {
            return plan_free_draft(snapshot, principal, draft, content, start);
          },
          {{"record_type", draft.module + "." + draft.type, 0}}};
}

Command edit_record(const access::Principal& principal, const std::string& record, std::int64_t version,
                    const Json& content) {
  return {"record.edit", [=](Snapshot& snapshot) {
            return plan_edit(snapshot, principal, record, version, content);
          },
          {{"record", record, 0}}};
}

Command take_step(const access::Principal& principal, const std::string& record, std::int64_t version,
                  const records::StepRequest& request) {
  return {"record." + request.step, [=](Snapshot& snapshot) {
            return plan_step(snapshot, principal, record, version, request);
          },
          {{"record", record, 0}}};
}

Command open_legs(const access::Principal& principal, const std::string& record) {
  return {"leg.open",
          [=](Snapshot& snapshot) { return plan_open(snapshot, principal, record); },
          {{"record", record, 0}}};
}

Command urge_leg(const access::Principal& principal, const std::string& record,
                 const std::string& leg, const std::string& reason) {
  return {"leg.urge", [=](Snapshot& snapshot) {
            return plan_urge(snapshot, principal, record, leg, reason);
          },
          {{"record", record, 0}}};
}

Command answer_leg(const access::Principal& principal, const std::string& record, const std::string& leg,
                   const std::string& step, const std::string& reason) {
  return {"leg." + step, [=](Snapshot& snapshot) {
            return plan_answer(snapshot, principal, record, leg, step, reason);
          },
          {{"record", record, 0}}};
}

}  // namespace zeren::app
