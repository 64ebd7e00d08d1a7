// The tree as the database holds it: the head, and the level-0 hashes beneath it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "audit/compact_range.hpp"
#include "base/error.hpp"
#include "store/session.hpp"

namespace zeren::audit {

/// What audit_head says, checked against itself and against the last leaf's number only, so that it
/// takes no longer on a long log. The empty tree before the first entry. Fails with AuditCorrupt.
base::Result<CompactRange> load_head(store::Session& session);

/// Hands the hashes of leaves [from, to) to `each`, in order. Fails with AuditCorrupt, naming the
/// first that is missing or unreadable.
base::Result<void> each_leaf_hash(store::Session& session, std::int64_t from, std::int64_t to,
                                  const std::function<void(const Digest&)>& each);

/// How places in the log are called in errors, the same in every language:
/// `audit_leaf[idx=7].hash`.
std::string place(std::string_view table, std::string_view key, std::string_view value,
                  std::string_view column = {});
std::string place(std::string_view table, std::string_view key, std::int64_t value,
                  std::string_view column = {});

}  // namespace zeren::audit
