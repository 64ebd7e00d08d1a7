// The command line's way to the process that serves a data folder.
#pragma once

#include <filesystem>

#include "base/error.hpp"
#include "http/message.hpp"

namespace zeren::http {

/// Sends `request` over the Unix socket and waits for the answer. Fails with ServerUnreachable. Blocks.
base::Result<Response> send(const std::filesystem::path& socket, const Request& request);

/// The same with the bytes of `file` as the body, however large. Fails also with FileUnreadable.
base::Result<Response> send_file(const std::filesystem::path& socket, const Request& request,
                                 const std::filesystem::path& file);

/// The same, and the body of a successful answer goes into `file`. Fails also with FileUnwritable.
base::Result<Response> fetch_file(const std::filesystem::path& socket, const Request& request,
                                  const std::filesystem::path& file);

}  // namespace zeren::http
