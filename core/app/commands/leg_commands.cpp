#include "app/commands/leg_commands.hpp"

#include <algorithm>

#include "app/record_case.hpp"

namespace zeren::app {
namespace {

using base::Result;
using store::ChangeSet;

using PlanLeg = std::function<Result<ChangeSet>(const RecordCase&, Snapshot&)>;

Command on_leg(const char* action, const access::Principal& principal, const std::string& record,
               const PlanLeg& plan) {
  return {action, [=](Snapshot& snapshot) -> Result<ChangeSet> {
            const auto open = open_case(snapshot, principal, record);
            if (!open) return base::pass(open);
            return resting_on(plan(*open, snapshot), *open->module, snapshot);
          }};
}

// The last moment of the day, or now while the day lasts.
Result<base::Instant> last_of(base::Date day, const Snapshot& snapshot) {
  auto end = base::end_of(day, snapshot.zone);
  if (!end || day > snapshot.today) return end;
  return std::min(*end - std::chrono::milliseconds(1), snapshot.now);
}

records::Counting counting(const Snapshot& snapshot) { return {snapshot.calendar(), snapshot.zone}; }

}  // namespace

Command withhold_leg(const access::Principal& principal, const LegOf& leg, const std::string& reason) {
  return on_leg("dispatch.withhold", principal, leg.record, [=](const auto& open, Snapshot& snapshot) {
    return records::plan_withhold(*open.type, open.record, leg.leg, reason, open.actor, planning(snapshot));
  });
}

Command release_leg(const access::Principal& principal, const LegOf& leg, const std::string& reason) {
  return on_leg("dispatch.release", principal, leg.record, [=](const auto& open, Snapshot& snapshot) {
    return records::plan_release(*open.type, open.record, leg.leg, reason, open.actor, planning(snapshot),
                                 counting(snapshot));
  });
}

Command enter_leg(const access::Principal& principal, const LegOf& leg, const EnteredByHand& entered) {
  return on_leg("dispatch.enter", principal, leg.record,
                [=](const auto& open, Snapshot& snapshot) -> Result<ChangeSet> {
    const auto at = last_of(entered.on, snapshot);
    if (!at) return base::pass(at);
    const records::HandEntry entry{entered.kind, *at, entered.number, entered.scan};
    return records::plan_enter(*open.type, open.record, leg.leg, entry, open.actor, planning(snapshot));
  });
}

Command confirm_leg(const access::Principal& principal, const LegOf& leg, const std::string& kind) {
  return on_leg("dispatch.confirm", principal, leg.record, [=](const auto& open, Snapshot& snapshot) {
    return records::plan_confirm(*open.type, open.record, leg.leg, kind, open.actor, planning(snapshot),
                                 counting(snapshot));
  });
}

}  // namespace zeren::app
