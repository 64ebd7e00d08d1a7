// A repeated request gets the answer of the first (draft-ietf-httpapi-idempotency-key-header).
#pragma once

#include <optional>
#include <string>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::app {

/// The answer stored under the account's key; nullopt when there is none or `key` is empty. Fails with
/// IdempotencyKeyReused when the key stood for another request. Blocks.
base::Result<std::optional<base::Json>> earlier_answer(store::Session& session,
                                                       const std::string& account,
                                                       const std::string& key,
                                                       const std::string& request_digest);

/// Adds the row that remembers the change's answer. Secrets are not remembered: a session is opened anew.
/// Nothing when `key` is empty.
void remember_answer(store::ChangeSet& change, const std::string& account, const std::string& key,
                     const std::string& request_digest, base::Instant now);

}  // namespace zeren::app
