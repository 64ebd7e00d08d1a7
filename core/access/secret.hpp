// What opens a session or stands for a machine: random, shown once, kept as its digest.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace zeren::access {

/// 256 random bits in base64url.
std::string make_secret(base::Entropy& entropy);

/// base64 SHA-256: of so many random bits nobody guesses it. Any thread.
std::string digest_of_secret(std::string_view secret);

}  // namespace zeren::access
