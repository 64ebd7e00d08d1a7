#include "audit/tiles.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "audit/compact_range.hpp"
#include "audit/stored_tree.hpp"
#include "audit/tile_writer.hpp"
#include "base/file.hpp"
#include "base/system_reason.hpp"

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

Result<Digest> root_at(store::Session& session, std::int64_t size) {
  CompactRange tree;
  auto read = each_leaf_hash(session, 0, size, [&](const Digest& hash) { tree.append(hash); });
  if (!read) return base::pass(std::move(read));
  return tree.root();
}

Result<void> check_root(store::Session& session, const Checkpoint& checkpoint) {
  const auto root = root_at(session, checkpoint.size);
  if (!root) return base::pass(root);
  if (*root == checkpoint.root) return {};
  return corrupt(place("audit_checkpoint", "size", checkpoint.size, "root"));
}

tl::unexpected<base::Error> taken(const std::filesystem::path& folder) {
  return base::fail(Code::ConfigInvalid,
                    {{"what", folder.string()},
                     {"remedy", "it holds something else than an earlier export of this log, or one that did not end; empty it, or name an "
                      "empty folder"},
                     {"remedy.zh-CN", "其中存有本日志早先导出之外的内容，或者未完成的导出；请清空该目录或另指定空目录"}});
}

// Whether `note` is a checkpoint that this log came through on its way to `newest`.
Result<bool> leads_to(store::Session& session, const Verifier& verifier, const std::string& note,
                      const Checkpoint& newest) {
  const auto opened = verifier.open(note);
  if (!opened) return false;
  const auto earlier = parse_checkpoint(opened->text);
  if (!earlier || earlier->origin != newest.origin || earlier->size > newest.size) return false;
  const auto root = root_at(session, earlier->size);
  if (!root) return base::pass(root);
  return *root == earlier->root;
}

// An export is written into nothing, or over an earlier one of the same log: tiles of two logs in one folder
// are an export of neither.
Result<void> check_folder(store::Session& session, const Verifier& verifier, const Checkpoint& newest,
                          const std::filesystem::path& folder) {
  std::error_code failure;
  if (!std::filesystem::exists(folder, failure) && !failure) return {};
  const bool empty = !failure && std::filesystem::is_empty(folder, failure);
  if (failure) return base::fail(Code::FileUnreadable, base::with_reason({{"file", folder.string()}}, failure));
  if (empty && std::filesystem::is_directory(folder)) return {};
  const auto note = base::read_file(folder / "checkpoint");
  if (!note) return taken(folder);
  const auto ours = leads_to(session, verifier, *note, newest);
  if (!ours) return base::pass(ours);
  return *ours ? Result<void>{} : taken(folder);
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
  if (auto free = check_folder(session, verifier, checkpoint, folder); !free) return base::pass(std::move(free));
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
