// The acts that name one thing in the path and say why in the body.
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/reply_with.hpp"

namespace zeren::http {

using ActWithReason = app::Command (*)(const access::Principal&, const std::string& thing, const std::string& reason);

/// Runs `kAct` for what the path names first. Fails with RequestMalformed without a reason, and as the act.
template <ActWithReason kAct>
base::Result<Reply> act_with_reason(app::Host& host, Exchange& exchange) {
  const auto reason = text_member(exchange.body, "reason");
  if (!reason) return base::pass(reason);
  const auto& caller = exchange.caller;
  return reply_with(host.execute(caller, kAct(caller.principal, exchange.captures[0], *reason)));
}

}  // namespace zeren::http
