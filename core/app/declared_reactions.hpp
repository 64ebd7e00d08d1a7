// What module.json says is done about an event without code (its section "reactions").
#pragma once

#include <string>

#include "app/outbox.hpp"
#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::app {

/// `[{place, command, body}]`: the wishes (modules/wish.hpp) that do it, each with its place among the answers to the
/// event that the module calls `name`. Links are proposed from the module's records of the event's unit and period.
/// Fails as Session::query(). Blocks.
base::Result<base::Json> declared_reactions(Snapshot& snapshot, const EnabledModule& module, const OutboxEvent& event,
                                            const std::string& name);

}  // namespace zeren::app
