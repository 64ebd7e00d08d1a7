// One-time codes by the clock, as every authenticator app makes them: RFC 6238 (TOTP) over RFC 4226, HMAC-SHA-1,
// six digits, steps of 30 seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/civil_time.hpp"
#include "base/clock.hpp"

namespace zeren::access {

/// 160 random bits in base32 (RFC 4648 §6), which is how apps take them.
std::string make_code_secret(base::Entropy& entropy);

/// What the app's camera reads: `otpauth://totp/Zeren:<account>?secret=…&issuer=Zeren`. Account names need no
/// escaping.
std::string otpauth_uri(std::string_view account, std::string_view secret);

/// The code of one step; empty when `secret` is no base32. Any thread.
std::string code_of_step(std::string_view secret, std::int64_t step);

/// The step whose code `code` is, at `now` or one step beside it, for clocks that differ; nullopt when it is
/// none of the three. Any thread.
std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code,
                                         base::Instant now);

}  // namespace zeren::access
