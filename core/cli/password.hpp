// A password from whoever sits at the terminal.
#pragma once

#include <cstdint>
#include <string>

#include "base/messages.hpp"

namespace zeren::cli {

/// Which password is meant, where there are two.
enum class Asked : std::uint8_t { Only, Current, New };

/// A line of standard input, asked for and not shown where there is somebody to look. Blocks.
std::string read_password(base::Language reader, Asked asked = Asked::Only);

}  // namespace zeren::cli
