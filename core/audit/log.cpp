#include "audit/log.hpp"

#include <array>
#include <utility>

#include "audit/stored_tree.hpp"
#include "base/invariant.hpp"

namespace zeren::audit {
namespace {

using base::Result;
using store::Value;

tl::unexpected<base::Error> corrupt(std::string what) {
  return base::fail(base::Code::AuditCorrupt, {{"what", std::move(what)}});
}

Result<void> store_head(store::Session& session, const CompactRange& tree) {
  return session.execute(
      "INSERT INTO audit_head (id, size, root, peaks) VALUES (1, :1, :2, :3)"
      " ON CONFLICT (id) DO UPDATE SET size = excluded.size, root = excluded.root,"
      " peaks = excluded.peaks",
      std::array<Value, 3>{tree.size(), base::to_base64(tree.root()), tree.peaks_text()});
}

}  // namespace

Result<Log> Log::open(store::Session& session) {
  auto head = load_head(session);
  if (!head) return base::pass(std::move(head));
  return Log(*std::move(head));
}

Result<std::int64_t> Log::insert(store::Session& session, const Draft& draft) {
  base::invariant(!sealed_, "a round takes no entries after its seal");
  const auto index = tree_.size() + static_cast<std::int64_t>(open_.size());
  auto stored = session.execute("INSERT INTO audit_entry (idx, id, leaf) VALUES (:1, :2, :3)",
                                std::array<Value, 3>{index, draft.id, draft.leaf});
  if (!stored) return base::pass(std::move(stored));
  for (const auto& value : draft.values) {
    stored = session.execute(
        "INSERT INTO audit_value (entry, name, salt, value) VALUES (:1, :2, :3, :4)",
        std::array<Value, 4>{index, value.name, value.salt, value.value});
    if (!stored) return base::pass(std::move(stored));
  }
  open_.push_back(leaf_hash(draft.leaf));
  return index;
}

void Log::forget_last() {
  base::invariant(!open_.empty() && !sealed_, "only an open entry is forgotten");
  open_.pop_back();
}

Result<Head> Log::seal(store::Session& session) {
  base::invariant(!sealed_, "a round is sealed once");
  auto tree = tree_;
  for (const auto& hash : open_) tree.append(hash);
  if (!open_.empty()) {
    const auto second = reread(session);
    if (!second) return base::pass(second);
    if (second->root() != tree.root()) return corrupt("audit_head.root");
    if (auto stored = store_leaves(session); !stored) return base::pass(std::move(stored));
    if (auto stored = store_head(session, tree); !stored) return base::pass(std::move(stored));
  }
  sealed_ = std::move(tree);
  return Head{sealed_->size(), sealed_->root()};
}

Result<CompactRange> Log::reread(store::Session& session) const {
  const auto rows = session.query("SELECT idx, leaf FROM audit_entry WHERE idx >= :1 ORDER BY idx",
                                  std::array<Value, 1>{tree_.size()});
  if (!rows) return base::pass(rows);
  auto tree = tree_;
  for (const auto& row : *rows) {
    const auto at = static_cast<std::size_t>(tree.size() - tree_.size());
    const auto hash = leaf_hash(row.text(1));
    if (at >= open_.size() || row.integer(0) != tree.size() || hash != open_[at]) {
      return corrupt(place("audit_entry", "idx", tree.size(), "leaf"));
    }
    tree.append(hash);
  }
  return tree;
}

Result<void> Log::store_leaves(store::Session& session) const {
  auto index = tree_.size();
  for (const auto& hash : open_) {
    auto stored = session.execute("INSERT INTO audit_leaf (idx, hash) VALUES (:1, :2)",
                                  std::array<Value, 2>{index++, base::to_base64(hash)});
    if (!stored) return stored;
  }
  return {};
}

void Log::committed() {
  base::invariant(sealed_ || open_.empty(), "the schema refuses to commit an open entry");
  if (sealed_) tree_ = *std::exchange(sealed_, std::nullopt);
  open_.clear();
}

void Log::rolled_back() {
  sealed_.reset();
  open_.clear();
}

}  // namespace zeren::audit
