// Rights that the security administrator gives beside those that come with a post, and takes away again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "base/civil_time.hpp"

namespace zeren::app {

/// Everything as a request names it.
struct WantedGrant {
  std::string account;  ///< name; of this and `post` one is empty
  std::string post;     ///< code
  std::string module;
  std::string type;
  std::string action;       ///< `read`, or a step of the type
  std::string unit;         ///< code
  std::string below;        ///< party_superior, discipline_superior; empty: the unit alone
  std::string sensitivity;  ///< the most sensitive that is seen
  std::vector<std::string> groups;
  std::string tie;          ///< any, author, recipient, assignee; empty: any
  base::Date valid_from;
  std::optional<base::Date> valid_to;  ///< the first day it is over; none: until it is revoked
  std::string reason;
};

/// For the security administrator, never to itself, and to no administrator: they do not act. Fails with Forbidden,
/// GrantToSelf, AccountUnknown, PostUnknown, ModuleNotEnabled, RecordTypeUnknown, StepUnknown, UnitUnknown,
/// RecordClassified, StepReasonMissing or RequestMalformed.
Command give_grant(const access::Principal& principal, const WantedGrant& wanted);

/// From now on. Fails with Forbidden, GrantUnknown or StepReasonMissing.
Command revoke_grant(const access::Principal& principal, const std::string& grant,
                     const std::string& reason);

}  // namespace zeren::app
