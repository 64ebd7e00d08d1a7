// A password from whoever sits at the terminal.
#pragma once

#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "base/messages.hpp"

namespace zeren::cli {

/// Which password is meant, where there are two.
enum class Asked : std::uint8_t { Only, Current, New };

/// A line of standard input, asked for and not shown where there is somebody to look. Fails with ConfigInvalid when
/// nothing comes: it must not count as an attempt. Blocks.
base::Result<std::string> read_password(base::Language reader, Asked asked = Asked::Only);

}  // namespace zeren::cli
