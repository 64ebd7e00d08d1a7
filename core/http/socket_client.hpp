// The command line's way to the process that serves a data folder.
#pragma once

#include <filesystem>

#include "base/error.hpp"
#include "http/message.hpp"

namespace zeren::http {

/// Sends `request` over the Unix socket and waits for the answer. Fails with ServerUnreachable. Blocks.
base::Result<Response> send(const std::filesystem::path& socket, const Request& request);

}  // namespace zeren::http
