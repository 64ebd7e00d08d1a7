// The body of a signed tree head, C2SP tlog-checkpoint: origin, size and root, a line each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "audit/merkle.hpp"
#include "base/error.hpp"

namespace zeren::audit {

struct Checkpoint {
  std::string origin;
  std::int64_t size = 0;
  Digest root{};

  bool operator==(const Checkpoint&) const = default;
};

/// The lines to sign, the last one ended.
std::string to_text(const Checkpoint& checkpoint);

/// Strict: what to_text() would not write is refused, extension lines included, of which our logs
/// have none. Fails with NoteMalformed. Any thread; reads outside bytes.
base::Result<Checkpoint> parse_checkpoint(std::string_view text);

/// A count in decimal without sign or leading zeros, nullopt on anything else.
std::optional<std::int64_t> parse_tree_size(std::string_view text);

}  // namespace zeren::audit
