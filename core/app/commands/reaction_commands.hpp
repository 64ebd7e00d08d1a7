// What a module asks for when it is told of a step or an event, as commands of its own: under the principal
// `module:<id>`, on its own records only, and each once for each event however often that is told.
#pragma once

#include <cstdint>
#include <string>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "modules/wish.hpp"
#include "store/change_set.hpp"

namespace zeren::app {

/// Modules that answer each other without end stop after so many answers.
inline constexpr std::int64_t kMostHops = 8;

struct Reaction {
  std::string module;
  std::string place;   ///< which answer to the event it is: `answer/0`
  store::Cause cause;  ///< the event, and the hops that this answer makes
  modules::Wish wish;
};

/// `module:<id>`: no person, and no role.
access::Principal module_principal(const std::string& module);

/// Carries it out, unless it was. Fails with ReactionNotPermitted, ReactionTooDeep, EventUndeclared, UnitUnknown,
/// RecordUnknown for a record of another module, ObligationUnknown and RecordExists where nothing is owed (any more),
/// DateInvalid, and as records::plan_comment(), records::plan_draft(), records::free_period() and plan_proposal_as().
Command react(const Reaction& reaction);

}  // namespace zeren::app
