// What a principal is in the modules in force: the posts its person holds, and the roles that come with them.
#pragma once

#include "access/principal.hpp"
#include "app/snapshot.hpp"
#include "records/actor.hpp"
#include "records/task_plans.hpp"

namespace zeren::app {

/// The principal as an actor in `module`, today. Without a person it holds no role.
records::Actor actor_of(const access::Principal& principal, const EnabledModule& module,
                        const Snapshot& snapshot);

/// The posts that the principal's person holds today.
std::vector<records::HeldPost> posts_of(const access::Principal& principal, const Snapshot& snapshot);

/// The post `code` and who holds it today, the formal holder before who stands in. Fails with PostUnknown, and as
/// Session::query() for the person's account. Blocks.
base::Result<records::Assignee> assignee_of(Snapshot& snapshot, const EnabledModule& module,
                                            const std::string& code);

/// Whom a step's countersigning asks in `unit`: who holds each role there first; a vacant role gives an assignee
/// without a person. Fails as Session::query(). Blocks.
base::Result<std::vector<records::Assignee>> signers_of(Snapshot& snapshot,
                                                        const EnabledModule& module,
                                                        const records::Step& step,
                                                        const org::UnitId& unit);

/// What the person held once and holds no more: what these still owe is the person's to see.
std::vector<org::AppointmentId> ended_appointments(const Snapshot& snapshot, const org::PersonId& person);

/// The roles that the appointment gave its person, on its last day.
std::vector<rules::HeldRole> roles_held_in(const EnabledModule& module, const Snapshot& snapshot,
                                           const org::AppointmentId& appointment);

/// Who holds the post today, in the order of holders_of(); names.
std::vector<std::string> names_of_holders(const Snapshot& snapshot, const org::PostId& post);

bool holds_role_in(const records::Actor& actor, const org::UnitId& unit);

}  // namespace zeren::app
