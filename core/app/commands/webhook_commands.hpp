// Who is told of events outside, and what became of events that nobody took.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/host.hpp"

namespace zeren::app {

struct NewWebhook {
  std::string url;
  std::vector<std::string> types;  ///< `zeren.record.submit`, `zeren.record.*`
  std::string unit;                ///< code; empty: every unit
  /// Whether the operator lets anything be sent there; whoever sends knows how to read addresses. A refusal is
  /// entered like any other.
  std::function<base::Result<void>(const std::string& url)> check;
};

/// A subscription for the caller's own account, to what happens from now on. Answers `{id, secret}`: the secret is
/// shown once. Fails with RequestMalformed, UnitUnknown, WebhookTooMany, and as `check`.
Command create_webhook(const access::Principal& principal, const NewWebhook& wanted, std::int64_t limit);

/// Nothing is sent any more, not what waits either. For its account, the system administrator and the host itself.
/// Fails with WebhookUnknown; nothing to do when it has ended already.
Command end_webhook(const access::Principal& principal, const std::string& id, const std::string& reason);

/// A dead letter waits to be told again, from the first attempt. For the system administrator, and for whose webhook
/// `consumer` is. Fails with DeadLetterUnknown.
Command replay_letter(const access::Principal& principal, const std::string& consumer, std::int64_t place);

}  // namespace zeren::app
