// C++ with everything blanked that is not code, so that simple scanners are not misled by a brace
// in a comment or a string.
#pragma once

#include <string>
#include <string_view>

namespace zeren::architecture {

/// `text` with comments, literals and preprocessor lines turned into spaces. Length and line ends
/// stay, so that every position still means the same place.
std::string code_only(std::string_view text);

}  // namespace zeren::architecture
