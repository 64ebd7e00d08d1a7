// Accounts and sessions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "access/principal.hpp"
#include "app/host.hpp"

namespace zeren::app {

struct NewAccount {
  std::string name;
  std::string person;                   ///< code; empty for an administrator
  access::Administers administers = access::Administers::Nothing;
  std::string password;                 ///< empty: no sign-in by password
  std::optional<std::int64_t> os_user;  ///< for the command line
};

/// For the security administrator. Hashing the password takes 0.1 s, before the plan; without the duty it is
/// not begun, and the plan refuses. Fails with PasswordTooWeak, TooBusy, AccountExists, PersonUnknown or
/// ConfigInvalid.
base::Result<Command> create_account(Host& host, const access::Principal& principal,
                                     const NewAccount& account);

/// Opens a session; nobody is signed in before, so the account itself is the principal. Fails with
/// SignInFailed, counted against `source`, whichever of the two is wrong; TooManyAttempts; TooBusy.
base::Result<base::Json> sign_in(Host& host, const std::string& account, const std::string& password,
                                 const std::string& source, const std::string& request);

Command sign_out(const access::Principal& principal);

}  // namespace zeren::app
