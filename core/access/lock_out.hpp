// Guessing made slow: after a few failures an account name takes no password for a while. Kept in memory:
// whoever guesses cannot restart the host. A name nobody has is treated alike, so that being locked out does
// not tell which accounts exist.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"

namespace zeren::access {

/// Any thread.
class LockOut final {
 public:
  static constexpr std::size_t kFailures = 5;
  static constexpr std::chrono::minutes kWindow{15};

  /// Counts an attempt before it is known how it ends, so that guesses made at once are all counted. Fails
  /// with TooManyAttempts, and counts nothing, after kFailures attempts within kWindow before `now`.
  base::Result<void> attempt(const std::string& account, base::Instant now);
  /// Forgets the attempts before.
  void succeeded(const std::string& account);

 private:
  void forget_old(base::Instant now);

  static constexpr std::size_t kMaxNames = 10'000;
  std::mutex mutex_;  // guards attempts_
  std::map<std::string, std::vector<base::Instant>> attempts_;
};

}  // namespace zeren::access
