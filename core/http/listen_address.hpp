// Where to listen, as it is written on a command line.
#pragma once

#include <string_view>

#include "base/error.hpp"
#include "http/server.hpp"

namespace zeren::http {

/// `127.0.0.1:8080` or `[::1]:8080`: an address in digits and a port; the socket is left empty. Fails with
/// ConfigInvalid for whatever else it is, a name such as `localhost` too. Any thread.
base::Result<ListenAt> parse_listen_address(std::string_view text);

}  // namespace zeren::http
