// Server-side sessions. A token is shown once, to whom it was made for; the database keeps its digest.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "access/account.hpp"
#include "access/principal.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::access {

inline constexpr std::chrono::hours kSessionLength{12};

/// A fresh session of `account`; the answer is `{token, csrf, expires_at, account, must_change_password}`.
/// Plans only.
store::ChangeSet plan_sign_in(const Account& account, base::IdGenerator& ids, base::Entropy& entropy,
                              base::Instant now);

struct OpenSession {
  std::string id;
  std::int64_t version = 1;
  base::Instant created_at;
  base::Instant expires_at;
};

/// The sessions of `account` that are open at `now`, newest first. Fails as Session::query(). Blocks.
base::Result<std::vector<OpenSession>> sessions_of(store::Session& session, const std::string& account,
                                                   base::Instant now);

/// Ends the open session `id` of `account`, or all of them when `id` is empty (nothing to do without any).
/// Fails with SessionUnknown.
base::Result<store::ChangeSet> plan_end_sessions(store::Session& session, const std::string& account,
                                                 const std::string& id, base::Instant now);

/// When the open session `id` was used last, as far as it was written down; since it was opened otherwise. Fails as
/// Session::query(). Blocks.
base::Result<base::Instant> last_use(store::Session& session, const std::string& id);

/// Whether the session or the token that `principal` came with still stands at `now`; for one that came with neither,
/// whether its account is not disabled. Fails with NotSignedIn. Blocks.
base::Result<void> check_standing(store::Session& session, const Principal& principal, base::Instant now);

/// The account's new password, as its hash, and the end of its open sessions but `kept`. Fails as Session::query().
/// Blocks.
base::Result<store::ChangeSet> plan_new_password(store::Session& session, const Account& account,
                                                 const std::string& hash, const std::string& kept,
                                                 base::Instant now);

/// Whose token this is. Fails with NotSignedIn when it is unknown, ended or expired. Blocks.
base::Result<Principal> authenticate(store::Session& session, std::string_view token,
                                     base::Instant now);

}  // namespace zeren::access
