// The writer's side of the log: entries in, one sealed tree per transaction out. It stores; who may
// write and when the head is signed (publisher.hpp) is for others to say.
//
// The protocol, one round per database transaction:
//
//   caller                           Log                         what the schema refuses meanwhile
//   ------                           ---                         --------------------------------
//   Transaction::begin
//     Savepoint::set
//       insert(draft) → idx          remembers the leaf's hash   a tracked row without open entry
//       rows, with `entry` = idx
//     release, or roll back and      forgets it
//       forget_last()
//     … more savepoints …
//     seal() → Head                  appends to the tree         more rows under these entries
//   commit, then committed()         takes the tree over         a COMMIT without the seal
//     or rolled_back()               drops the round
//
// Until committed() the tree in memory is that of the last commit, so that a failure at any point
// leaves memory and database agreeing.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "audit/compact_range.hpp"
#include "audit/entry.hpp"
#include "base/error.hpp"
#include "store/session.hpp"

namespace zeren::audit {

struct Head {
  std::int64_t size = 0;
  Digest root{};

  bool operator==(const Head&) const = default;
};

/// For the one thread that writes. Every call takes the session whose transaction is open.
class Log final {
 public:
  /// Takes up where the database stands, in the same time however long the log is. Fails with
  /// AuditCorrupt when the head contradicts itself.
  static base::Result<Log> open(store::Session& session);

  /// Stores the entry with its values and leaves it open. Answers its index, final only once
  /// committed. On failure nothing is remembered; what was stored dies with the caller's savepoint.
  base::Result<std::int64_t> insert(store::Session& session, const Draft& draft);

  /// The savepoint around the last insert() was rolled back. At most once per insert(), before
  /// seal().
  void forget_last();

  /// Appends the round's entries to the tree and stores leaves and head. The root is computed
  /// twice, from the drafts and from bytes read back; AuditCorrupt names the entry where the two
  /// differ. Without entries it writes nothing. Once per round; on failure the transaction must be
  /// rolled back.
  base::Result<Head> seal(store::Session& session);

  /// The transaction is durable: what seal() answered is the head now.
  void committed();

  /// The transaction is gone, and every entry of the round with it. Harmless when there was none.
  void rolled_back();

  /// As of the last commit.
  Head head() const { return {tree_.size(), tree_.root()}; }

 private:
  explicit Log(CompactRange tree) : tree_(std::move(tree)) {}
  base::Result<CompactRange> reread(store::Session& session) const;
  base::Result<void> store_leaves(store::Session& session) const;

  CompactRange tree_;
  std::vector<Digest> open_;            // leaf hashes of the round, as drafted
  std::optional<CompactRange> sealed_;  // tree_ once the round is committed
};

}  // namespace zeren::audit
