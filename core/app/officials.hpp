// What a principal is in the modules in force: the roles its person holds, and what they let it see.
#pragma once

#include "access/principal.hpp"
#include "app/snapshot.hpp"
#include "records/actor.hpp"
#include "records/ledger.hpp"

namespace zeren::app {

/// The principal as an actor in `module`, today. Without a person it holds no role.
records::Actor actor_of(const access::Principal& principal, const EnabledModule& module,
                        const Snapshot& snapshot);

bool holds_role_in(const records::Actor& actor, const org::UnitId& unit);

/// Every record type of every module in force, on the sides and in the units where the principal holds a
/// role today.
records::Visibility visibility_of(const access::Principal& principal, const Snapshot& snapshot);

/// Whether the obligation's owner is a unit where the principal holds a role of the module, or one below
/// such a unit. System administrators see all: obligations are no records.
bool sees(const access::Principal& principal, const records::Obligation& obligation,
          const Snapshot& snapshot);

}  // namespace zeren::app
