#include "app/record_case.hpp"

#include <algorithm>

#include "app/bearer.hpp"
#include "app/epochs.hpp"
#include "app/reach.hpp"
#include "base/digest.hpp"
#include "records/ledger.hpp"
#include "records/obligation_rows.hpp"
#include "records/recusal.hpp"

namespace zeren::app {

using base::Code;
using base::Result;
using store::ChangeSet;

Result<RecordCase> open_case(Snapshot& snapshot, const access::Principal& principal,
                             const std::string& id) {
  const auto free = records::check_not_recused(snapshot.session, principal.person, id);
  if (!free) return base::pass(free);
  const Reach reach(principal, snapshot);
  const auto visible = records::is_visible(snapshot.session, reach.visibility(), id);
  if (!visible) return base::pass(visible);
  if (!*visible) return base::fail(Code::RecordUnknown, {{"record", id}});
  auto record = records::load_record(snapshot.session, id);
  if (!record) return base::pass(std::move(record));
  const auto type = snapshot.modules().type(record->module, record->type);
  if (!type) return base::pass(type);
  const auto& module = **snapshot.modules().find(record->module);
  const auto owed = obligation_of(snapshot, *record);
  if (!owed) return base::pass(owed);
  const auto* obligation = *owed ? &**owed : nullptr;
  record->around = surroundings_of(snapshot, module, record->unit, obligation);
  record->content = records::up_cast((*type)->up_casts, std::move(record->content), record->content_schema,
                                     (*type)->schema_version);
  record->content_schema = (*type)->schema_version;
  const auto matter = matter_of(**type, *record);
  auto actor = reach.actor_on(module, matter, obligation);
  auto sides = reach.granted_sides(matter);
  const auto belongs = records::is_visible_through_parent(snapshot.session, reach.visibility(), id);
  if (!belongs) return base::pass(belongs);
  if (*belongs) sides.push_back(record->unit);  // what belongs to a record is read as its owner reads it
  return RecordCase{std::move(*record), &module, *type, std::move(actor), std::move(sides)};
}

bool RecordCase::reads_on(const org::UnitId& unit) const {
  return records::is_of_circle(record, unit, actor) ||
         std::ranges::find(granted_sides, unit) != granted_sides.end();
}

std::set<std::int64_t> versions_shown(const RecordCase& open) {
  std::set<std::int64_t> shown;
  const auto& record = open.record;
  if (open.reads_on(record.unit)) {
    for (std::int64_t version = 1; version <= record.content_version; ++version) shown.insert(version);
    return shown;
  }
  for (const auto& dispatch : record.rounds) {
    if (dispatch.state == "recalled") continue;
    for (const auto& leg : dispatch.legs) {
      if (leg.is_out() && open.reads_on(leg.recipient)) shown.insert(dispatch.content_version);
    }
  }
  return shown;
}

Result<void> check_version(const records::Record& record, std::int64_t version) {
  if (record.version == version) return {};
  return base::fail(Code::VersionStale, {{"what", "record " + record.id},
                                         {"what.zh-CN", "记录 " + record.id},
                                         {"current", std::to_string(record.version)},
                                         {"given", std::to_string(version)}});
}

records::Planning planning(Snapshot& snapshot) { return {snapshot.now, snapshot.ids}; }

Result<std::optional<records::Obligation>> obligation_of(Snapshot& snapshot,
                                                         const records::Record& record) {
  if (record.obligation.empty()) return std::optional<records::Obligation>{};
  auto obligation = records::load_obligation(snapshot.session, record.obligation);
  if (!obligation) return base::pass(std::move(obligation));
  return std::optional(std::move(*obligation));
}

void name_code(ChangeSet& change, const EnabledModule& module) {
  const auto& library = module.module->library_digest();
  change.act.module = module.id;
  change.act.module_version = module.version;
  change.act.module_digest = base::to_base64(library ? *library : module.module->digest());
}

std::string rule_name(const records::Obligation& obligation) {
  return obligation.module + "." + obligation.rule;
}

Result<void> name_rule(ChangeSet& change, const Snapshot& snapshot) {
  const auto row = snapshot.session.first(
      "SELECT obligation FROM record WHERE id = :1 AND obligation IS NOT NULL",
      std::vector<store::Value>{change.act.objects.front().id});
  if (!row) return base::pass(row);
  if (!*row) return {};
  const auto obligation = records::load_obligation(snapshot.session, (*row)->text(0));
  if (!obligation) return base::pass(obligation);
  change.act.rule = rule_name(*obligation);
  return {};
}

Result<ChangeSet> resting_on(Result<ChangeSet> change, const EnabledModule& module,
                             const Snapshot& snapshot) {
  if (!change || change->rows.empty()) return change;
  name_code(*change, module);
  if (auto named = name_rule(*change, snapshot); !named) return base::pass(std::move(named));
  change->reads.push_back(read_of_organisation(snapshot));
  change->reads.push_back(read_of_rules(snapshot));
  change->reads.push_back(
      {"epoch", {{"name", std::string(access::kGrantEpoch)}}, snapshot.grants().epoch()});
  return change;
}

}  // namespace zeren::app
