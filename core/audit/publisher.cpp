#include "audit/publisher.hpp"

#include <array>
#include <optional>
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

Result<void> check_never_signed(store::Session& session, const std::filesystem::path& last_signed) {
  const auto any = session.first("SELECT size FROM audit_checkpoint LIMIT 1");
  if (!any) return base::pass(any);
  if (!*any) return {};
  return base::fail(Code::FileUnreadable,
                    {{"file", last_signed.string()},
                     {"reason", "it is gone although checkpoints were signed; put it back from a backup"},
                     {"reason.zh-CN", "日志已有签名的检查点，而该文件缺失，请从备份恢复"}});
}

Result<void> check_extends(store::Session& session, const CompactRange& head, const CompactRange& last) {
  if (last.size() > head.size()) return rollback(head.size(), last.size());
  auto grown = last;
  auto read = each_leaf_hash(session, last.size(), head.size(),
                             [&](const Digest& hash) { grown.append(hash); });
  if (!read) return read;
  if (grown.root() != head.root()) return rollback(head.size(), last.size());
  return {};
}

Result<void> check_head(store::Session& session, const std::string& origin, const CompactRange& head,
                        const std::optional<LastSigned>& last, const std::filesystem::path& last_signed) {
  if (!last) return check_never_signed(session, last_signed);
  if (last->origin != origin) {
    return base::fail(Code::AuditOriginChanged, {{"signed", last->origin}, {"origin", origin}});
  }
  return check_extends(session, head, last->tree);
}

}  // namespace

Result<void> check_last_signed(store::Session& session, const std::string& origin,
                               const std::filesystem::path& last_signed) {
  // In this order: a log that is served grows before it is signed.
  const auto last = read_last_signed(last_signed);
  if (!last) return base::pass(last);
  const auto head = load_head(session);
  if (!head) return base::pass(head);
  return check_head(session, origin, *head, *last, last_signed);
}

CheckpointPublisher::CheckpointPublisher(const SigningKey& key, PublisherPaths paths)
    : key_(key), paths_(std::move(paths)) {}

Result<Checkpoint> CheckpointPublisher::publish(store::Session& session) {
  const auto last = read_last_signed(paths_.last_signed);
  if (!last) return base::pass(last);
  const auto head = load_head(session);
  if (!head) return base::pass(head);
  auto may = check_head(session, key_.origin(), *head, *last, paths_.last_signed);
  if (!may) return base::pass(std::move(may));
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
