// Tokens: how a machine shows on whose account it works. Each has a name, an end, and what it may be used for.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "access/account.hpp"
#include "access/principal.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::access {

/// No token is made for longer: what nobody renews, nobody misses.
inline constexpr std::chrono::days kLongestToken{366};

struct NewToken {
  std::string name;                 ///< 1 to 100 bytes, for people
  bool read_only = true;
  std::vector<std::string> routes;  ///< `GET /api/v1/records/*`; empty: all that the account may
  base::Instant expires_at;
};

struct Token {
  std::string id;
  std::int64_t version = 1;
  std::string account;
  std::string name;
  bool read_only = true;
  std::vector<std::string> routes;
  base::Instant created_at;
  base::Instant expires_at;
};

/// A token of `account`; the answer is `{id, token, expires_at}`, and the only one that shows it. Fails with
/// RequestMalformed for a name or an end that does not do.
base::Result<store::ChangeSet> plan_token(const Account& account, const NewToken& wanted,
                                          const std::string& creator, base::IdGenerator& ids,
                                          base::Entropy& entropy, base::Instant now);

/// Those in force at `now`, the newest first. Fails as Session::query(). Blocks.
base::Result<std::vector<Token>> tokens_of(store::Session& session, const std::string& account,
                                           base::Instant now);

/// Adds to `change` that `token` is in force no more.
void end_token(const Token& token, base::Instant now, store::ChangeSet& change);

/// Fails with TokenUnknown when `account` has no such token in force.
base::Result<store::ChangeSet> plan_token_end(store::Session& session, const std::string& account,
                                              const std::string& id, base::Instant now);

/// Whether `shown` has the form of a token; a session's secret has not.
bool is_token(std::string_view shown);

/// Whose token this is. Fails with NotSignedIn when it is unknown, revoked or has ended. Blocks.
base::Result<Principal> authenticate_token(store::Session& session, std::string_view shown,
                                           base::Instant now);

/// Whether the principal may use the route `GET /api/v1/records/*`: it may when it came with no token. Fails with
/// TokenNotAllowed.
base::Result<void> check_route(const Principal& principal, std::string_view method,
                               std::string_view route);

}  // namespace zeren::access
