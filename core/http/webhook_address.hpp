// Where webhooks may go: the operator's list, and what an address is. Everything that is not listed is refused, and a
// listed name does not open the way to the machine itself or to the networks behind it.
#pragma once

#include <cstdint>
#include <string>

#include "app/host_settings.hpp"
#include "base/error.hpp"

namespace zeren::http {

/// An absolute http or https URL without user, password or fragment.
struct WebhookUrl {
  bool tls = false;
  std::string host;    ///< lower case; an IPv6 address without brackets
  std::uint16_t port = 0;
  std::string target;  ///< path and query

  /// Fails with RequestMalformed, which points at `/url`.
  static base::Result<WebhookUrl> parse(const std::string& text);
};

/// Whether the list names the URL's host, or a network that holds it. No name is looked up. Fails with
/// WebhookAddressRefused.
base::Result<void> check_listed(const WebhookUrl& url, const std::string& text,
                                const app::WebhookPolicy& policy);

/// Whether a connection to `address`, numeric, may be opened: to public ones, and to those that the list holds as an
/// address or in a network. To be asked of the very address that is connected to.
bool may_connect(const std::string& address, std::uint16_t port, const app::WebhookPolicy& policy);

}  // namespace zeren::http
