// Passwords: argon2id (RFC 9106) in libsodium's self-describing form.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/turnstile.hpp"

namespace zeren::access {

/// In characters, as the one who chooses it counts them.
inline constexpr std::size_t kMinPassword = 12;
inline constexpr std::size_t kMaxPassword = 256;

/// Each hash takes about 0.1 s and 64 MiB by design, so only `kAtOnce` are made at a time and `kWaiting` callers
/// wait, `kPatience` at most; a crowd at the door is sent away instead of taking the machine. Any thread.
class PasswordHasher final {
 public:
  static constexpr int kAtOnce = 4;
  static constexpr int kWaiting = 8;
  static constexpr std::chrono::seconds kPatience{5};

  /// Fails with PasswordTooWeak when shorter than kMinPassword characters or longer than kMaxPassword, TooBusy.
  base::Result<std::string> hash(std::string_view password);

  /// Takes as long for an empty `hash` as for a real one, so that timing does not tell which accounts exist.
  /// Fails with TooBusy.
  base::Result<bool> matches(std::string_view hash, std::string_view password);

 private:
  base::Turnstile turnstile_{{kAtOnce, kWaiting, kPatience}};
};

/// 16 letters and digits in groups of four that cannot be misread: 80 bits.
std::string random_password(base::Entropy& entropy);

}  // namespace zeren::access
