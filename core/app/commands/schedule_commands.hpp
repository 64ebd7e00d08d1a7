// What the host does by the clock, each as a command of `system:scheduler` that rests on the lease: who has lost it
// changes nothing any more. Every one may be repeated, and says in its answer how much it did.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "app/host_settings.hpp"
#include "app/notices.hpp"
#include "store/change_set.hpp"

namespace zeren::app {

/// Takes the lease for `holder`, from whoever has it: only who owns the data folder may. Answers `{version}`.
Command take_lease(const std::string& holder, std::chrono::seconds length);

/// Keeps it. Answers `{held}`: false when somebody else has taken it.
Command renew_lease(std::int64_t version, std::chrono::seconds length);

/// The lease as a plan rests on it.
store::ReadVersion read_of_lease(std::int64_t version);

/// Puts those of `notices` that were not told yet into inboxes, and tells them as events `zeren.obligation.due_soon`,
/// `zeren.obligation.overdue`, `zeren.task.overdue`, `zeren.leg.receipt_missing` and
/// `zeren.leg.receipt_escalated`. Answers `{told}`. Fails as Session::query().
Command tell_notices(std::vector<Notice> notices, const store::ReadVersion& lease);

/// Tells as events what came into force or ended without anybody's writing since the last day this was done: layers
/// and waivers (`zeren.rules.…`), modules, appointments. The first time it only notes the day. Answers `{told}`.
Command announce_day(const store::ReadVersion& lease);

/// Enters that the calendar tables are others than when obligations were last derived, as event
/// `zeren.calendar.changed`. The first time it only notes which they are. Answers `{changed}`.
Command note_calendar(const store::ReadVersion& lease);

/// Ends sessions whose time is over (rows that are tracked are ended, never removed), and removes answers kept for
/// idempotency and used one-time codes when nobody can ask for them any more. Bounded work; answers `{more}`.
Command sweep(const Retention& retention, const store::ReadVersion& lease);

}  // namespace zeren::app
