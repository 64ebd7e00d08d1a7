// How the edge answers a code: as a wrong request, a refusal, something missing…
#pragma once

#include <cstdint>

namespace zeren::base {

enum class Code : std::uint8_t;

/// Families decide how the edge answers (http/error_body.cpp maps them to status codes).
enum class Family : std::uint8_t {
  Invalid,       ///< the request or a file is wrong; it names what to change
  Refused,       ///< well-formed, but a rule or a right forbids it
  Missing,       ///< the thing named does not exist, or the caller may not know that it does
  Stale,         ///< the caller worked on an older version
  Conflict,      ///< somebody else was first; trying again may succeed
  Unidentified,  ///< nobody is signed in
  Exhausted,     ///< the caller asked too often; it may try again later
  Unavailable,   ///< a part of the system cannot serve at the moment
  Corrupt,       ///< stored bytes are not what was written
  Broken,        ///< the machine failed: disk, memory, operating system
};

/// The family that decides how the code is answered. Any thread.
Family family_of(Code code);

}  // namespace zeren::base
