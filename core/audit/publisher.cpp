#include "audit/publisher.hpp"

#include <array>
#include <utility>

#include "audit/stored_tree.hpp"
#include "base/file.hpp"

namespace zeren::audit {
namespace {

using base::Code;
using base::Result;
using store::Value;

tl::unexpected<base::Error> rollback(std::int64_t size, std::int64_t signed_size) {
  return base::fail(Code::AuditRollback,
                    {{"size", std::to_string(size)}, {"signed", std::to_string(signed_size)}});
}

}  // namespace

CheckpointPublisher::CheckpointPublisher(const SigningKey& key, PublisherPaths paths)
    : key_(key), paths_(std::move(paths)) {}

Result<Checkpoint> CheckpointPublisher::publish(store::Session& session) {
  const auto head = load_head(session);
  if (!head) return base::pass(head);
  const auto last = read_last_signed(paths_.last_signed);
  if (!last) return base::pass(last);
  if (auto may = may_sign(session, *head, *last); !may) return base::pass(std::move(may));
  if (!*last || (*last)->tree.size() != head->size()) {
    auto swapped = write_last_signed(paths_.last_signed, {key_.origin(), *head});
    if (!swapped) return base::pass(std::move(swapped));
  }
  const Checkpoint checkpoint{key_.origin(), head->size(), head->root()};
  const auto note = stored_note(session, checkpoint);
  if (!note) return base::pass(note);
  if (auto done = publish_file(*note); !done) return base::pass(std::move(done));
  return checkpoint;
}

Result<void> CheckpointPublisher::may_sign(store::Session& session, const CompactRange& head,
                                           const std::optional<LastSigned>& last) const {
  if (!last) return never_signed(session);
  const auto& tree = last->tree;
  if (last->origin != key_.origin() || tree.size() > head.size()) {
    return rollback(head.size(), tree.size());
  }
  return extends(session, head, tree);
}

Result<void> CheckpointPublisher::extends(store::Session& session, const CompactRange& head,
                                          const CompactRange& last) const {
  auto grown = last;
  auto read = each_leaf_hash(session, last.size(), head.size(),
                             [&](const Digest& hash) { grown.append(hash); });
  if (!read) return read;
  if (grown.root() != head.root()) return rollback(head.size(), last.size());
  return {};
}

Result<void> CheckpointPublisher::never_signed(store::Session& session) const {
  const auto any = session.first("SELECT size FROM audit_checkpoint LIMIT 1");
  if (!any) return base::pass(any);
  if (!*any) return {};
  return base::fail(Code::FileUnreadable,
                    {{"file", paths_.last_signed.string()},
                     {"reason", "it is gone although checkpoints were signed"},
                     {"reason.zh-CN", "已有签名的检查点，而此文件缺失"}});
}

Result<std::string> CheckpointPublisher::stored_note(store::Session& session,
                                                     const Checkpoint& checkpoint) const {
  const auto row = session.first("SELECT note FROM audit_checkpoint WHERE size = :1",
                                 std::array<Value, 1>{checkpoint.size});
  if (!row) return base::pass(row);
  const auto text = to_text(checkpoint);
  if (*row) {
    const auto known = key_.verifier().open((*row)->text(0));
    if (known && known->text == text) return (*row)->text(0);
    return base::fail(Code::AuditCorrupt,
                      {{"what", place("audit_checkpoint", "size", checkpoint.size, "note")}});
  }
  auto note = to_string(Note{text, {key_.sign(text)}});
  auto stored = session.execute(
      "INSERT INTO audit_checkpoint (size, root, note) VALUES (:1, :2, :3)",
      std::array<Value, 3>{checkpoint.size, base::to_base64(checkpoint.root), note});
  if (!stored) return base::pass(std::move(stored));
  return note;
}

Result<void> CheckpointPublisher::publish_file(const std::string& note) const {
  const auto published = base::read_file(paths_.checkpoint);
  if (published && *published == note) return {};
  return base::write_file(paths_.checkpoint, note);
}

}  // namespace zeren::audit
