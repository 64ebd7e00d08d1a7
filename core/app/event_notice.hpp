// What a module is told of an event (zeren/events.h), and whether it is its affair at all.
#pragma once

#include <optional>
#include <string>

#include "app/outbox.hpp"
#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::app {

/// The event's name as module.json writes it: `meeting.held`; nullopt when `module` does not listen to it, or when the
/// host tells of somebody else's matter.
std::optional<std::string> name_heard(const EnabledModule& module, const OutboxEvent& event);

/// The body of did_event. Of another module's record it holds what that module tells, and no more. Fails as
/// Session::query(). Blocks.
base::Result<base::Json> event_notice(Snapshot& snapshot, const EnabledModule& module, const OutboxEvent& event,
                                      const std::string& name);

}  // namespace zeren::app
