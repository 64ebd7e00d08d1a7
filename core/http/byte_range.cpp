#include "http/byte_range.hpp"

#include <algorithm>
#include <charconv>

namespace zeren::http {
namespace {

using base::Result;

constexpr std::string_view kUnit = "bytes=";

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto [at, failure] = std::from_chars(text.data(), end, number);
  const bool digits = !text.empty() && text.front() >= '0' && text.front() <= '9';
  if (!digits || failure != std::errc{} || at != end) return std::nullopt;
  return number;
}

}  // namespace

Result<std::optional<ByteRange>> range_of(std::string_view header, std::int64_t size) {
  const std::optional<ByteRange> all;
  const auto dash = header.find('-');
  const bool one = header.starts_with(kUnit) && dash != std::string_view::npos &&
                   header.find(',') == std::string_view::npos;
  if (!one) return all;
  const auto before = header.substr(kUnit.size(), dash - kUnit.size());
  const auto after = header.substr(dash + 1);
  const auto first = whole_number(before);
  const auto last = whole_number(after);
  const bool suffix = before.empty() && last;
  if (!suffix && (!first || (!last && !after.empty()) || (last && *last < *first))) return all;
  const auto from = suffix ? std::max<std::int64_t>(0, size - *last) : *first;
  if (from >= size || (suffix && *last == 0)) {
    return base::fail(base::Code::RangeUnsatisfiable,
                      {{"range", std::string(header)}, {"size", std::to_string(size)}});
  }
  const auto to = suffix || !last ? size - 1 : std::min(*last, size - 1);
  return std::optional(ByteRange{from, to - from + 1});
}

std::string content_range(const ByteRange& range, std::int64_t size) {
  return "bytes " + std::to_string(range.first) + "-" + std::to_string(range.first + range.count - 1) +
         "/" + std::to_string(size);
}

}  // namespace zeren::http
