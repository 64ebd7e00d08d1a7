// Tokens for machines. The account they work for makes them, and nobody else: whoever has a token acts as the account.
// The security administrator sees and ends them.
#pragma once

#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "base/civil_time.hpp"

namespace zeren::app {

struct WantedToken {
  std::string account;  ///< name; empty: the caller's own
  std::string name;
  bool read_only = true;
  std::vector<std::string> routes;  ///< known to exist; empty: all that the account may
  base::Date expires;               ///< the last day
};

/// The answer is the only one that shows the token. Fails with Forbidden for another's account, whoever asks, and as
/// access::plan_token().
Command create_token(const access::Principal& principal, const WantedToken& wanted);

/// `account` as above; another's for the security administrator only. Fails with Forbidden, AccountUnknown or TokenUnknown.
Command revoke_token(const access::Principal& principal, const std::string& account,
                     const std::string& token);

}  // namespace zeren::app
