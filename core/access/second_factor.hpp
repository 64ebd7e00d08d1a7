// A one-time code beside the password: offered to an account, confirmed by a first code, asked for at every
// sign-in from then on, and taken off with a code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "access/account.hpp"
#include "access/principal.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::access {

struct SecondFactor {
  std::int64_t version = 0;  ///< 0: there never was one
  std::string secret;
  bool offered = false;  ///< shown, not yet confirmed
  bool active = false;   ///< asked for at sign-in
};

/// Fails as Session::query(). Blocks.
base::Result<SecondFactor> second_factor_of(store::Session& session, const std::string& account);

/// A fresh secret, shown once: `{secret, uri}`. Replaces one that was not confirmed. Fails with
/// SecondFactorActive while one is active.
base::Result<store::ChangeSet> plan_offer(store::Session& session, const Principal& principal,
                                          base::Entropy& entropy);

/// Asked for from the next sign-in on. Fails with SecondFactorWrong when `code` is wrong or nothing was offered.
base::Result<store::ChangeSet> plan_confirm(store::Session& session, const Principal& principal,
                                            const std::string& code, base::Instant now);

/// Not asked for any more. Fails with SecondFactorWrong when `code` is wrong or none is active.
base::Result<store::ChangeSet> plan_removal(store::Session& session, const Principal& principal,
                                            const std::string& code, base::Instant now);

/// Takes off the factor of an account whose owner has lost it, or what was offered; nothing to do when there is
/// neither. Fails as Session::query(). Blocks.
base::Result<store::ChangeSet> plan_factor_reset(store::Session& session, const std::string& account);

/// Adds to `change`, which signs `account` in, that `code` is used up. Nothing to do without an active factor.
/// Fails with SecondFactorMissing when `code` is empty, SignInFailed when it is wrong or was used before.
base::Result<void> use_code(store::Session& session, const Account& account, const std::string& code,
                            base::Instant now, store::ChangeSet& change);

}  // namespace zeren::access
