// What the security administrator does when somebody leaves, forgets a password, loses a second factor or is locked
// out. Each says why, and is an entry. Never to the administrator's own account: whoever finds its session open must not
// get further than with its password and its code; another security administrator does it.
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/host.hpp"

namespace zeren::app {

/// Whose account, and why.
struct AccountAct {
  std::string account;  ///< name
  std::string reason;
};

/// Nobody acts by the account until it is enabled again; its sessions and tokens end, its webhooks wait. All of this
/// file fail with Forbidden, AccountUnknown or StepReasonMissing.
Command disable_account(const access::Principal& principal, const AccountAct& act);
Command enable_account(const access::Principal& principal, const AccountAct& act);

/// Takes off a second factor that was lost.
Command reset_second_factor(const access::Principal& principal, const AccountAct& act);

/// A random password, shown once: `{password}`. It opens nothing until its owner has changed it; the open sessions end,
/// and the attempts at the account are forgotten. Fails with TooBusy, too. Blocks.
base::Result<base::Json> reset_password(Host& host, const Caller& caller, const AccountAct& act);

/// Forgets the attempts that keep somebody out. Blocks.
base::Result<base::Json> unlock_account(Host& host, const Caller& caller, const AccountAct& act);

}  // namespace zeren::app
