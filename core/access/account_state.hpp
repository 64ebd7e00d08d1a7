// What the security administrator does to an account that stands: it is disabled and enabled, and gets a password that
// its owner has to change.
#pragma once

#include <string>

#include "access/account.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::access {

/// Nobody acts by the account any more, and its sessions and tokens end. Nothing to do when it is disabled. Fails as
/// Session::query(). Blocks.
base::Result<store::ChangeSet> plan_disabling(store::Session& session, const Account& account, base::Instant now);

/// The account may be used again; what has ended stays ended. Nothing to do when it may be used.
store::ChangeSet plan_enabling(const Account& account);

/// Another password, as its hash, which opens nothing until its owner has changed it; the open sessions end. Fails as
/// Session::query(). Blocks.
base::Result<store::ChangeSet> plan_password_reset(store::Session& session, const Account& account,
                                                   const std::string& hash, base::Instant now);

}  // namespace zeren::access
