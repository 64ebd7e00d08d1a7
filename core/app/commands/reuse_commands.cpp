#include "app/commands/reuse_commands.hpp"

#include <algorithm>

#include "app/reach.hpp"
#include "app/record_case.hpp"
#include "records/obligation_rows.hpp"
#include "records/reuse.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Result;
using store::ChangeSet;

Result<records::Obligation> seen_obligation(Snapshot& snapshot, const access::Principal& principal,
                                            const std::string& id) {
  auto obligation = records::load_obligation(snapshot.session, id);
  if (!obligation) return obligation;
  if (Reach(principal, snapshot).sees(*obligation)) return obligation;
  return base::fail(Code::ObligationUnknown, {{"obligation", id}});
}

std::vector<std::string> types_allowed(const EnabledModule& module, const records::Obligation& obligation) {
  const auto rule = std::ranges::find(module.obligations, obligation.rule, &records::ObligationRule::key);
  return rule == module.obligations.end() ? std::vector<std::string>{} : rule->also_by;
}

Result<ChangeSet> plan_reuse(Snapshot& snapshot, const access::Principal& principal, const std::string& id,
                             const std::string& record) {
  const auto obligation = seen_obligation(snapshot, principal, id);
  if (!obligation) return base::pass(obligation);
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  const auto own = snapshot.session.first("SELECT id FROM record WHERE obligation = :1", std::vector<store::Value>{id});
  if (!own) return base::pass(own);
  if (*own) return base::fail(Code::RecordExists, {{"record", (*own)->text(0)}});
  const auto before = records::load_reuse(snapshot.session, id);
  if (!before) return base::pass(before);
  return resting_on(records::plan_reuse(*open->type, open->record, *obligation,
                                        types_allowed(*open->module, *obligation), *before, open->actor,
                                        planning(snapshot)),
                    *open->module, snapshot);
}

Result<ChangeSet> plan_end_reuse(Snapshot& snapshot, const access::Principal& principal, const std::string& id,
                                 const std::string& reason) {
  const auto obligation = seen_obligation(snapshot, principal, id);
  if (!obligation) return base::pass(obligation);
  const auto before = records::load_reuse(snapshot.session, id);
  if (!before) return base::pass(before);
  if (!*before) {
    return base::fail(Code::ReuseUnfit, {{"record", "-"},
                                         {"reason", "no record of another obligation is used for this one"},
                                         {"reason.zh-CN", "该应办事项未使用其他事项的记录"}});
  }
  const auto open = open_case(snapshot, principal, (*before)->record);
  if (!open) return base::pass(open);
  return resting_on(records::plan_end_reuse(*open->type, open->record, *before, reason, open->actor,
                                            planning(snapshot)),
                    *open->module, snapshot);
}

}  // namespace

Command reuse_record(const access::Principal& principal, const std::string& obligation, const std::string& record) {
  return {"record.reuse",
          [=](Snapshot& snapshot) { return plan_reuse(snapshot, principal, obligation, record); },
          {{"obligation", obligation, 0}, {"record", record, 0}}};
}

Command end_reuse(const access::Principal& principal, const std::string& obligation, const std::string& reason) {
  return {"record.end_reuse",
          [=](Snapshot& snapshot) { return plan_end_reuse(snapshot, principal, obligation, reason); },
          {{"obligation", obligation, 0}}};
}

}  // namespace zeren::app
