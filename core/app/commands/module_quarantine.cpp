#include "app/commands/module_quarantine.hpp"

#include "app/epochs.hpp"
#include "app/module_set.hpp"
#include "base/unicode.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;
using store::RowWrite;
using store::Value;

Result<std::optional<store::Row>> row_of(store::Session& session, const std::string& module) {
  return session.first("SELECT version, state FROM module WHERE id = :1",
                       std::vector<Value>{module});
}

/// `module` at `version` goes over to `state`.
void add_change(ChangeSet& change, const std::string& module, std::int64_t version,
                std::string_view state) {
  change.reads.push_back({"module", {{"id", module}}, version});
  change.rows.push_back({RowWrite::Kind::Update,
                         "module",
                         {{"id", module}},
                         {{"version", version + 1}, {"state", std::string(state)}}});
  change.act.objects.push_back({"module", module, version + 1});
}

Result<ChangeSet> plan_release(Snapshot& snapshot, const std::string& module,
                               const std::string& reason) {
  if (base::is_blank(reason)) return base::fail(Code::StepReasonMissing, {{"step", "release"}});
  const auto row = row_of(snapshot.session, module);
  if (!row) return base::pass(row);
  if (!*row) return base::fail(Code::ModuleNotEnabled, {{"module", module}});
  ChangeSet change;
  change.answer = {{"module", module}, {"state", "enabled"}};
  if ((*row)->text(1) != kQuarantined) {
    const auto stands = snapshot.modules().find(module);
    if (!stands) return base::pass(stands);
    return change;
  }
  change.act.action = "module.release";
  change.act.module = module;
  change.act.committed["reason"] = reason;
  add_change(change, module, (*row)->integer(0), "enabled");
  bump_rules(change, snapshot);
  return change;
}

}  // namespace

Result<ChangeSet> quarantine(store::Session& session,
                             const std::vector<modules::CallInFlight>& left) {
  ChangeSet change;
  change.act.action = "module.quarantine";
  change.act.account = access::system_principal("host").id;
  auto calls = Json::object();
  for (const auto& call : left) {
    const auto row = row_of(session, call.module);
    if (!row) return base::pass(row);
    if (!*row || (*row)->text(1) != "enabled" || calls.contains(call.module)) continue;
    calls[call.module] = call.call;
    add_change(change, call.module, (*row)->integer(0), kQuarantined);
  }
  change.act.committed["calls"] = std::move(calls);
  return change;
}

Command release_module(const access::Principal& principal, const std::string& module,
                       const std::string& reason) {
  return {"module.release", [=](Snapshot& snapshot) -> Result<ChangeSet> {
            auto allowed = access::require(principal, access::Duty::RunModules);
            if (!allowed) return base::pass(std::move(allowed));
            return plan_release(snapshot, module, reason);
          }};
}

}  // namespace zeren::app
