// A password from whoever sits at the terminal.
#pragma once

#include <string>

#include "base/messages.hpp"

namespace zeren::cli {

/// A line of standard input, asked for and not shown where there is somebody to look. Blocks.
std::string read_password(base::Language reader);

}  // namespace zeren::cli
