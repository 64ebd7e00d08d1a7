// Accounts: whom a sign-in or an operating-system user stands for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "access/principal.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::access {

struct Account {
  std::string id;
  std::int64_t version = 1;
  std::string name;
  std::optional<std::string> person;
  Administers administers = Administers::Nothing;
  std::string password;                 ///< hash; empty: no sign-in by password
  std::optional<std::int64_t> os_user;  ///< numeric user id of the command line
  std::optional<base::Instant> disabled_at = std::nullopt;  ///< nobody acts by it since
  /// When an administrator gave the password: until its owner has chosen another, it opens nothing but that.
  std::optional<base::Instant> password_given_at = std::nullopt;
};

/// nullopt when there is none. Fails as Session::query(). Blocks.
base::Result<std::optional<Account>> find_account(store::Session& session, const std::string& name);
base::Result<std::optional<Account>> find_account_of_os_user(store::Session& session,
                                                             std::int64_t os_user);
base::Result<std::optional<Account>> find_account_by_id(store::Session& session,
                                                        const std::string& id);

Principal principal_of(const Account& account);

/// A new account (id and version are given here). The name is `[a-z0-9.-]+`. Fails with AccountExists,
/// ConfigInvalid for the name, or PersonUnknown when `person_known` is false.
base::Result<store::ChangeSet> plan_account(store::Session& session, Account account,
                                            bool person_known, base::IdGenerator& ids,
                                            base::Instant now);

}  // namespace zeren::access
