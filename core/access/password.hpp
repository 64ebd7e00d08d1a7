// Passwords: argon2id (RFC 9106) in libsodium's self-describing form.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/error.hpp"

namespace zeren::access {

inline constexpr std::size_t kMinPassword = 12;
inline constexpr std::size_t kMaxPassword = 256;

/// Takes about 0.1 s and 64 MiB by design. Fails with PasswordTooWeak when shorter than kMinPassword
/// bytes or longer than kMaxPassword. Any thread.
base::Result<std::string> hash_password(std::string_view password);

/// Takes as long for an empty `hash` as for a real one, so that timing does not tell which accounts exist.
bool password_matches(std::string_view hash, std::string_view password);

/// 16 letters and digits in groups of four that cannot be misread: 80 bits.
std::string random_password(base::Entropy& entropy);

}  // namespace zeren::access
