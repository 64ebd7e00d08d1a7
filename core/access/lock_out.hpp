// Guessing made slow, without keeping the owner out: what is counted is who tries from where. Kept in memory: whoever
// guesses cannot restart the host. A name nobody has is treated alike, so that being locked out does not tell which
// accounts exist.
//
// A source that fails at an account takes no more of its passwords for a while; other sources go on. Against many
// sources at once all strangers to an account together have a second, wider limit: a stranger is a source that nobody
// has lately signed in from. So whoever floods an account keeps out only those who come from where they never were.
// After OWASP's Authentication Cheat Sheet and its "device cookies", with the address for the cookie.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"

namespace zeren::access {

/// Any thread.
class LockOut final {
 public:
  static constexpr std::size_t kFailures = 5;    ///< of one source at one account
  static constexpr std::size_t kStrangers = 50;  ///< of all strangers together at one account
  static constexpr std::chrono::minutes kWindow{15};

  /// The Unix socket of the data folder: only its owner can knock there.
  static constexpr std::string_view kLocal = "local";
  /// A session that is open already, and asks for a password or a code once more.
  static constexpr std::string_view kSignedIn = "signed in";

  /// Counts an attempt before it is known how it ends, so that guesses made at once are all counted. Fails
  /// with TooManyAttempts, and counts nothing, after kFailures attempts of `source`, or kStrangers of all strangers if
  /// it is one, within kWindow before `now`.
  base::Result<void> attempt(const std::string& account, std::string_view source, base::Instant now);
  /// Forgets the attempts of `source` before, which is no stranger to the account from now on.
  void succeeded(const std::string& account, std::string_view source, base::Instant now);
  /// Forgets every attempt at the account.
  void unlock(const std::string& account);

 private:
  using Times = std::vector<base::Instant>;
  using Door = std::pair<std::string, std::string>;  // account and source

  bool is_stranger(const Door& door, base::Instant now) const;

  static constexpr std::size_t kMaxDoors = 10'000;
  static constexpr std::size_t kMaxSources = 16;  // that an account remembers
  static constexpr std::chrono::days kRemembered{30};

  std::mutex mutex_;  // guards what follows
  std::map<Door, Times> attempts_;
  std::map<std::string, Times> strangers_;  // attempts of all of them, by account
  std::map<std::string, std::map<std::string, base::Instant>> familiar_;  // account → source → signed in last
};

}  // namespace zeren::access
