// Ranges of bytes as RFC 9110 §14 writes them. One range is served; several are answered with the whole, as §14.2
// allows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace zeren::http {

struct ByteRange {
  std::int64_t first = 0;
  std::int64_t count = 0;
  bool operator==(const ByteRange&) const = default;
};

/// The range that `header` asks for of `size` bytes; nullopt for all of them: no header, another unit, several
/// ranges, or what is no range. Fails with RangeUnsatisfiable. Any thread.
base::Result<std::optional<ByteRange>> range_of(std::string_view header, std::int64_t size);

/// `bytes 0-99/1000`
std::string content_range(const ByteRange& range, std::int64_t size);

}  // namespace zeren::http
