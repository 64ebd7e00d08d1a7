#include "app/commands/record_commands.hpp"

#include <optional>

#include "app/hook_request.hpp"
#include "app/officials.hpp"
#include "base/digest.hpp"
#include "records/dispatch_plans.hpp"
#include "records/ledger.hpp"
#include "records/obligation_rows.hpp"
#include "records/record_plans.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;

// A record with all that a plan about it needs.
struct Case {
  records::Record record;
  const EnabledModule* module;
  const records::RecordType* type;
  records::Actor actor;
};

Result<Case> open_case(Snapshot& snapshot, const access::Principal& principal,
                       const std::string& id) {
  const auto visible = records::is_visible(snapshot.session, visibility_of(principal, snapshot), id);
  if (!visible) return base::pass(visible);
  if (!*visible) return base::fail(Code::RecordUnknown, {{"record", id}});
  auto record = records::load_record(snapshot.session, id);
  if (!record) return base::pass(std::move(record));
  const auto type = snapshot.modules().type(record->module, record->type);
  if (!type) return base::pass(type);
  const auto module = snapshot.modules().find(record->module);
  return Case{std::move(*record), *module, *type, actor_of(principal, **module, snapshot)};
}

Result<void> check_version(const records::Record& record, std::int64_t version) {
  if (record.version == version) return {};
  return base::fail(Code::VersionStale, {{"what", "record " + record.id},
                                         {"current", std::to_string(record.version)},
                                         {"given", std::to_string(version)}});
}

records::Planning planning(Snapshot& snapshot) { return {snapshot.now, snapshot.ids}; }

void name_code(ChangeSet& change, const EnabledModule& module) {
  const auto& library = module.module->library_digest();
  change.act.module = module.id;
  change.act.module_version = module.version;
  change.act.module_digest = base::to_base64(library ? *library : module.module->digest());
}

Json step_request(const Case& open, const records::Admitted& admitted, const std::string& reason,
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

Result<std::map<std::string, Json>> ask_module(const Case& open, const records::Admitted& admitted,
                                               const std::string& reason,
                                               const Snapshot& snapshot) {
  auto verdict = open.module->module->will_step(
      with_parameters(step_request(open, admitted, reason, snapshot), *open.module, snapshot));
  if (!verdict) return base::pass(std::move(verdict));
  if (verdict->veto) return vetoed(*verdict->veto);
  return std::move(verdict->patch);
}

Result<std::optional<records::Obligation>> obligation_of(Snapshot& snapshot,
                                                         const records::Record& record) {
  if (record.obligation.empty()) return std::optional<records::Obligation>{};
  auto obligation = records::load_obligation(snapshot.session, record.obligation);
  if (!obligation) return base::pass(std::move(obligation));
  return std::optional(std::move(*obligation));
}

Result<ChangeSet> plan_draft(Snapshot& snapshot, const access::Principal& principal,
                             const std::string& obligation_id, const Json& content) {
  const auto obligation = records::load_obligation(snapshot.session, obligation_id);
  if (!obligation) return base::pass(obligation);
  if (!sees(principal, *obligation, snapshot)) {
    return base::fail(Code::ObligationUnknown, {{"obligation", obligation_id}});
  }
  const auto standing = snapshot.session.first("SELECT id FROM record WHERE obligation = :1",
                                               std::vector<store::Value>{obligation_id});
  if (!standing) return base::pass(standing);
  if (*standing) return base::fail(Code::RecordExists, {{"record", (*standing)->text(0)}});
  const auto type = snapshot.modules().type(obligation->module, obligation->record_type);
  if (!type) return base::pass(type);
  const auto& module = **snapshot.modules().find(obligation->module);
  auto change = records::plan_draft(**type, *obligation, content,
                                    actor_of(principal, module, snapshot), planning(snapshot));
  if (change) name_code(*change, module);
  return change;
}

Result<ChangeSet> plan_edit(Snapshot& snapshot, const access::Principal& principal,
                            const std::string& record, std::int64_t version, const Json& content) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  if (auto fresh = check_version(open->record, version); !fresh) return base::pass(fresh);
  auto change = records::plan_edit(*open->type, open->record, content, open->actor,
                                   planning(snapshot));
  if (change) name_code(*change, *open->module);
  return change;
}

Result<ChangeSet> plan_step(Snapshot& snapshot, const access::Principal& principal,
                            const std::string& record, std::int64_t version,
                            const std::string& step, const std::string& reason) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  if (auto fresh = check_version(open->record, version); !fresh) return base::pass(fresh);
  const auto admitted = records::admit_step(*open->type, open->record, step, reason, open->actor);
  if (!admitted) return base::pass(admitted);
  const auto patch = ask_module(*open, *admitted, reason, snapshot);
  if (!patch) return base::pass(patch);
  const auto obligation = obligation_of(snapshot, open->record);
  if (!obligation) return base::pass(obligation);
  auto change = records::plan_step(*open->type, open->record, *admitted, reason, *patch,
                                   *obligation ? &**obligation : nullptr, open->actor,
                                   planning(snapshot));
  if (!change) return change;
  name_code(*change, *open->module);
  // Roles come from the organisation: who lost a post meanwhile must not act any more.
  change->reads.push_back({"epoch", {{"name", "org"}}, snapshot.organisation().epoch()});
  return change;
}

Result<ChangeSet> plan_answer(Snapshot& snapshot, const access::Principal& principal,
                              const std::string& record, const std::string& leg,
                              const std::string& step, const std::string& reason) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  auto change = records::plan_leg_answer(*open->type, open->record, leg, step, reason, open->actor,
                                         planning(snapshot));
  if (!change) return change;
  name_code(*change, *open->module);
  change->reads.push_back({"epoch", {{"name", "org"}}, snapshot.organisation().epoch()});
  return change;
}

}  // namespace

Command draft_record(const access::Principal& principal, const std::string& obligation, const Json& content) {
  return {"record.draft", [=](Snapshot& snapshot) {
            return plan_draft(snapshot, principal, obligation, content);
          }};
}

Command edit_record(const access::Principal& principal, const std::string& record, std::int64_t version,
                    const Json& content) {
  return {"record.edit", [=](Snapshot& snapshot) {
            return plan_edit(snapshot, principal, record, version, content);
          }};
}

Command take_step(const access::Principal& principal, const std::string& record, std::int64_t version,
                  const std::string& step, const std::string& reason) {
  return {"record." + step, [=](Snapshot& snapshot) {
            return plan_step(snapshot, principal, record, version, step, reason);
          }};
}

Command answer_leg(const access::Principal& principal, const std::string& record, const std::string& leg,
                   const std::string& step, const std::string& reason) {
  return {"leg." + step, [=](Snapshot& snapshot) {
            return plan_answer(snapshot, principal, record, leg, step, reason);
          }};
}

}  // namespace zeren::app
