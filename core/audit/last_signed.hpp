// What this host signed last, in a file kept apart from the database: a database restored from an
// older copy cannot take it along. Holds the peaks of the tree, so that a later head is shown to
// extend it by hashing the newer leaves only.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "audit/compact_range.hpp"
#include "base/error.hpp"

namespace zeren::audit {

struct LastSigned {
  std::string origin;
  CompactRange tree;
};

/// Nullopt when there is no such file. Fails with AuditCorrupt, which names the file, when it is
/// not what write_last_signed() wrote, and FileUnreadable. Blocks.
base::Result<std::optional<LastSigned>> read_last_signed(const std::filesystem::path& file);

/// Durable on success. Fails with FileUnwritable. Blocks.
base::Result<void> write_last_signed(const std::filesystem::path& file, const LastSigned& last);

}  // namespace zeren::audit
