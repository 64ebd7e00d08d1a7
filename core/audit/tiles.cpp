#include "audit/tiles.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "audit/compact_range.hpp"
#include "audit/stored_tree.hpp"
#include "audit/tile_writer.hpp"
#include "base/file.hpp"

namespace zeren::audit {
namespace {

using base::Code;
using base::Result;
using store::Value;

constexpr std::int64_t kEntriesAtOnce = 1024;

struct Signed {
  std::string note;
  Checkpoint checkpoint;
};

tl::unexpected<base::Error> corrupt(std::string what) {
  return base::fail(Code::AuditCorrupt, {{"what", std::move(what)}});
}

Result<Signed> newest_checkpoint(store::Session& session, const Verifier& verifier) {
  const auto row =
      session.first("SELECT size, note FROM audit_checkpoint ORDER BY size DESC LIMIT 1");
  if (!row) return base::pass(row);
  if (!*row) return base::fail(Code::NoteUnsigned, {{"key", verifier.name()}});
  const auto note = verifier.open((*row)->text(1));
  if (!note) return base::pass(note);
  auto checkpoint = parse_checkpoint(note->text);
  if (!checkpoint) return base::pass(std::move(checkpoint));
  if (checkpoint->origin != verifier.name() ||
      std::to_string(checkpoint->size) != (*row)->text(0)) {
    return corrupt(place("audit_checkpoint", "size", (*row)->text(0), "note"));
  }
  return Signed{(*row)->text(1), *std::move(checkpoint)};
}

Result<void> check_root(store::Session& session, const Checkpoint& checkpoint) {
  CompactRange tree;
  auto read =
      each_leaf_hash(session, 0, checkpoint.size, [&](const Digest& hash) { tree.append(hash); });
  if (!read) return read;
  if (tree.root() == checkpoint.root) return {};
  return corrupt(place("audit_checkpoint", "size", checkpoint.size, "root"));
}

// Calls `each` with the leaves before `size`, in order, every one checked against its stored hash.
template <class Each>
Result<void> each_leaf(store::Session& session, std::int64_t size, Each&& each) {
  std::int64_t next = 0;
  while (next < size) {
    const auto rows = session.query(
        "SELECT e.idx, e.leaf, l.hash FROM audit_entry e JOIN audit_leaf l ON l.idx = e.idx"
        " WHERE e.idx >= :1 AND e.idx < :2 ORDER BY e.idx",
        std::array<Value, 2>{next, std::min(size, next + kEntriesAtOnce)});
    if (!rows) return base::pass(rows);
    if (rows->empty()) return corrupt(place("audit_entry", "idx", next));
    for (const auto& row : *rows) {
      const auto& leaf = row.text(1);
      if (row.integer(0) != next || base::to_base64(leaf_hash(leaf)) != row.text(2)) {
        return corrupt(place("audit_entry", "idx", next, "leaf"));
      }
      if (auto done = each(leaf); !done) return done;
      ++next;
    }
  }
  return {};
}

}  // namespace

Result<Checkpoint> export_tiles(store::Session& session, const Verifier& verifier,
                                const std::filesystem::path& folder) {
  auto newest = newest_checkpoint(session, verifier);
  if (!newest) return base::pass(std::move(newest));
  const auto& [note, checkpoint] = *newest;
  if (auto same = check_root(session, checkpoint); !same) return base::pass(std::move(same));
  TileWriter writer(folder);
  auto read = each_leaf(session, checkpoint.size,
                        [&](const std::string& leaf) { return writer.append(leaf); });
  if (!read) return base::pass(std::move(read));
  if (auto done = writer.finish(); !done) return base::pass(std::move(done));
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);  // an empty log has no tiles
  if (auto done = base::write_file(folder / "checkpoint", note); !done) return base::pass(done);
  if (auto done = writer.remove_superseded(); !done) return base::pass(std::move(done));
  return checkpoint;
}

}  // namespace zeren::audit
