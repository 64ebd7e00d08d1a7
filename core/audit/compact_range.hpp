// Appends to an RFC 6962 tree in O(log n) memory: only the roots of its perfect subtrees (the
// peaks) are kept. The writer, the publisher and every check of a whole log grow trees with it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/merkle.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::audit {

class CompactRange final {
 public:
  /// The empty tree.
  CompactRange() = default;

  /// The tree of `size` leaves whose peaks are written as by peaks_text(). Fails with AuditCorrupt
  /// when the text is anything else or holds another number of peaks than `size` has. Any thread.
  static base::Result<CompactRange> parse(std::int64_t size, std::string_view peaks_text);

  void append(const Digest& leaf);

  /// Of the empty tree: SHA-256 of nothing (RFC 6962 §2.1).
  Digest root() const;
  std::int64_t size() const { return size_; }

  /// A JSON array of base64 hashes, largest subtree first.
  base::Json peaks() const;
  std::string peaks_text() const { return peaks().dump(); }

 private:
  std::int64_t size_ = 0;
  std::vector<Digest> peaks_;  // one for each bit of size_, highest first
};

}  // namespace zeren::audit
