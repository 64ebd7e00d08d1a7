// Server-side sessions. A token is shown once, to whom it was made for; the database keeps its digest.
#pragma once

#include <chrono>
#include <string>

#include "access/account.hpp"
#include "access/principal.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::access {

inline constexpr std::chrono::hours kSessionLength{12};

/// A fresh session of `account`; the answer is `{token, csrf, expires_at, account}`. Plans only.
store::ChangeSet plan_sign_in(const Account& account, base::IdGenerator& ids, base::Entropy& entropy,
                              base::Instant now);

/// Ends the principal's own session. Fails with NotSignedIn when it has none.
base::Result<store::ChangeSet> plan_sign_out(store::Session& session, const Principal& principal,
                                             base::Instant now);

/// Whose token this is. Fails with NotSignedIn when it is unknown, ended or expired. Blocks.
base::Result<Principal> authenticate(store::Session& session, std::string_view token,
                                     base::Instant now);

}  // namespace zeren::access
