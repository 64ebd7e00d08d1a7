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
  bool keeps_password = false;          ///< to try things with: it need not be changed at the first sign-in
};

/// For the security administrator, who knows the password until its owner has changed it. Hashing it takes 0.1 s,
/// before the plan; without the duty it is not begun, and the plan refuses. Fails with PasswordTooWeak, TooBusy,
/// AccountExists, PersonUnknown or ConfigInvalid.
base::Result<Command> create_account(Host& host, const access::Principal& principal,
                                     const NewAccount& account);

/// What somebody shows at the door.
struct Credentials {
  std::string account;
  std::string password;
  std::string code;    ///< one-time; empty when the account needs none
  std::string source;  ///< where from: refusals are counted against it
};

/// Opens a session; nobody is signed in before, so the account itself is the principal. Fails with
/// SignInFailed whichever part is wrong; SecondFactorMissing or AccountDisabled once the password is right;
/// TooManyAttempts; TooBusy.
base::Result<base::Json> sign_in(Host& host, const Credentials& shown, const std::string& request);

/// One's own new password; every other session of the account ends. Wrong current ones count like wrong passwords at
/// the door, and each leaves a refused entry. The answer is `{sessions_ended}`. Fails with SignInFailed,
/// TooManyAttempts, PasswordTooWeak, TooBusy, or RequestMalformed when it is no new one.
base::Result<base::Json> change_password(Host& host, const Caller& caller, const std::string& current,
                                         const std::string& wanted);

/// Ends one's own session `id`; the current one when it is empty. Fails with SessionUnknown.
Command end_own_session(const access::Principal& principal, const std::string& id);

/// Ends every session of an account, for the security administrator. Fails with AccountUnknown.
Command end_sessions_of(const access::Principal& principal, const std::string& account);

/// One-time codes of one's own account: access::plan_offer(), plan_confirm() and plan_removal(). Wrong codes
/// count like wrong passwords, and each leaves a refused entry.
Command offer_second_factor(const access::Principal& principal);
base::Result<base::Json> confirm_second_factor(Host& host, const Caller& caller, const std::string& code);
base::Result<base::Json> remove_second_factor(Host& host, const Caller& caller, const std::string& code);

}  // namespace zeren::app
