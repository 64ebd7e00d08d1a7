#include "audit/compact_range.hpp"

#include <bit>
#include <ranges>

namespace zeren::audit {

base::Result<CompactRange> CompactRange::parse(std::int64_t size, std::string_view peaks_text) {
  const auto corrupt = base::fail(base::Code::AuditCorrupt, {{"what", "audit_head.peaks"}});
  const auto json = base::parse_json(peaks_text);
  if (size < 0 || !json || !json->is_array()) return corrupt;
  CompactRange range;
  range.size_ = size;
  for (const auto& item : *json) {
    if (!item.is_string()) return corrupt;
    const auto peak = base::digest_from_base64(item.get_ref<const std::string&>());
    if (!peak) return corrupt;
    range.peaks_.push_back(*peak);
  }
  const auto count = std::popcount(static_cast<std::uint64_t>(size));
  if (range.peaks_.size() != static_cast<std::size_t>(count)) return corrupt;
  return range;
}

void CompactRange::append(const Digest& leaf) {
  Digest hash = leaf;
  // Every trailing one bit of the size is a subtree that this leaf completes a pair with.
  for (auto bits = static_cast<std::uint64_t>(size_); bits % 2 == 1; bits >>= 1) {
    hash = node_hash(peaks_.back(), hash);
    peaks_.pop_back();
  }
  peaks_.push_back(hash);
  ++size_;
}

Digest CompactRange::root() const {
  if (peaks_.empty()) return base::sha256(std::string_view{});
  Digest hash = peaks_.back();
  for (const auto& peak : peaks_ | std::views::reverse | std::views::drop(1)) {
    hash = node_hash(peak, hash);
  }
  return hash;
}

base::Json CompactRange::peaks() const {
  auto peaks = base::Json::array();
  for (const auto& peak : peaks_) peaks.push_back(base::to_base64(peak));
  return peaks;
}

}  // namespace zeren::audit
