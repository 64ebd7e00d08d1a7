#include "app/commands/waiver_commands.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "app/epochs.hpp"
#include "app/queries/unit_reference.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Result;
using store::ChangeSet;

constexpr std::array<std::string_view, 3> kHeads = {"PRINCIPAL", "GOV_PRINCIPAL", "DISC_HEAD"};

bool heads(const access::Principal& principal, const org::UnitId& unit, const Snapshot& snapshot) {
  const auto& organisation = snapshot.organisation();
  const auto held = organisation.appointments_of(principal.person, {snapshot.today});
  return std::any_of(held.begin(), held.end(), [&](const org::Appointment* appointment) {
    const auto* post = organisation.post(appointment->post);
    return post != nullptr && post->unit == unit &&
           std::find(kHeads.begin(), kHeads.end(), post->post_class) != kHeads.end();
  });
}

Result<void> may_grant(const access::Principal& principal, const org::UnitId& unit,
                       const Snapshot& snapshot) {
  if (heads(principal, unit, snapshot)) return {};
  const auto name = snapshot.organisation().unit(unit)->name;
  return base::fail(Code::Forbidden, {{"action", "allow less than the floor"},
                                      {"action.zh-CN", "批准放宽底线"},
                                      {"needs", "the head of " + name},
                                      {"needs.zh-CN", name + "的主要负责人"}});
}

ChangeSet waiving(const Snapshot& snapshot, const WaiverRequest& wanted, const rules::Waiver& waiver) {
  ChangeSet change;
  change.act.action = "rules.waive";
  change.act.unit = waiver.granted_by.value;
  change.act.module = wanted.module;
  change.act.objects = {{"parameter", wanted.module + "." + wanted.parameter, 0},
                        {"unit", waiver.unit.value, 0}};
  change.reads.push_back(read_of_organisation(snapshot));
  change.answer = {{"module", wanted.module},
                   {"parameter", wanted.parameter},
                   {"unit", unit_reference(snapshot, waiver.unit)},
                   {"granted_by", unit_reference(snapshot, waiver.granted_by)},
                   {"value", waiver.value},
                   {"valid_from", base::to_string(waiver.valid.from)},
                   {"valid_to", base::to_string(waiver.valid.to)}};
  return change;
}

Result<ChangeSet> plan_grant(Snapshot& snapshot, const access::Principal& principal,
                             const WaiverRequest& wanted) {
  const auto granter = unit_called(snapshot, wanted.granted_by);
  if (!granter) return base::pass(granter);
  if (auto may = may_grant(principal, *granter, snapshot); !may) return base::pass(std::move(may));
  const auto unit = unit_called(snapshot, wanted.unit);
  if (!unit) return base::pass(unit);
  const auto module = snapshot.modules().find(wanted.module);
  if (!module) return base::pass(module);
  const rules::Waiver waiver{*unit,        wanted.parameter, wanted.value, wanted.basis,
                             *granter, wanted.valid,     0};
  auto rows = (*module)->rules.plan_waiver(waiver, snapshot.organisation(), snapshot.today);
  if (!rows) return base::pass(std::move(rows));
  auto change = waiving(snapshot, wanted, waiver);
  change.rows = std::move(*rows);
  bump_rules(change, snapshot);
  return change;
}

}  // namespace

Command grant_waiver(const access::Principal& principal, const WaiverRequest& wanted) {
  return {"rules.waive", [=](Snapshot& snapshot) { return plan_grant(snapshot, principal, wanted); }};
}

}  // namespace zeren::app
