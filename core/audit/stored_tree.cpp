#include "audit/stored_tree.hpp"

#include <algorithm>
#include <array>

#include "audit/checkpoint.hpp"
#include "base/invariant.hpp"

namespace zeren::audit {
namespace {

using base::Result;
using store::Value;

constexpr std::int64_t kHashesAtOnce = 4096;

tl::unexpected<base::Error> corrupt(std::string what) {
  return base::fail(base::Code::AuditCorrupt, {{"what", std::move(what)}});
}

Result<CompactRange> head_of(const store::Row& row) {
  if (row.is_null(1)) return CompactRange{};
  const auto size = parse_tree_size(row.text(1));
  if (!size) return corrupt("audit_head.size");
  auto range = CompactRange::parse(*size, row.text(3));
  if (range && base::to_base64(range->root()) != row.text(2)) return corrupt("audit_head.root");
  return range;
}

}  // namespace

std::string place(std::string_view table, std::string_view key, std::int64_t value,
                  std::string_view column) {
  return place(table, key, std::to_string(value), column);
}

std::string place(std::string_view table, std::string_view key, std::string_view value,
                  std::string_view column) {
  std::string text(table);
  text.append("[").append(key).append("=").append(value).append("]");
  if (!column.empty()) text.append(".").append(column);
  return text;
}

Result<CompactRange> load_head(store::Session& session) {
  // One statement, so that a commit by another session cannot come between head and leaves.
  const auto row = session.first(
      "SELECT l.last, h.size, h.root, h.peaks FROM (SELECT MAX(idx) AS last FROM audit_leaf) l"
      " LEFT JOIN audit_head h ON h.id = 1");
  if (!row) return base::pass(row);
  base::invariant(row->has_value(), "an aggregate has a row");
  auto head = head_of(**row);
  if (!head) return head;
  const std::int64_t leaves = (*row)->is_null(0) ? 0 : (*row)->integer(0) + 1;
  if (leaves != head->size()) return corrupt("audit_head.size");
  return head;
}

Result<void> each_leaf_hash(store::Session& session, std::int64_t from, std::int64_t to,
                            const std::function<void(const Digest&)>& each) {
  while (from < to) {
    const auto end = std::min(to, from + kHashesAtOnce);
    const auto rows =
        session.query("SELECT idx, hash FROM audit_leaf WHERE idx >= :1 AND idx < :2 ORDER BY idx",
                      std::array<Value, 2>{from, end});
    if (!rows) return base::pass(rows);
    for (const auto& row : *rows) {
      const auto hash = base::digest_from_base64(row.text(1));
      if (row.integer(0) != from || !hash) break;
      each(*hash);
      ++from;
    }
    if (from != end) return corrupt(place("audit_leaf", "idx", from, "hash"));
  }
  return {};
}

}  // namespace zeren::audit
