// Signs the head and makes it public, in an order that survives a crash at any point and never
// vouches for two histories: (leaves and head are durable) → last_signed → sign → audit_checkpoint
// → checkpoint file.
#pragma once

#include <filesystem>

#include "audit/checkpoint.hpp"
#include "audit/last_signed.hpp"
#include "audit/signing_key.hpp"
#include "base/error.hpp"
#include "store/session.hpp"

namespace zeren::audit {

struct PublisherPaths {
  std::filesystem::path last_signed;  ///< on another disk than the database, if there is one
  std::filesystem::path checkpoint;   ///< the newest note, for everybody to read
};

/// For one thread at a time. Only one publisher may exist for a log; the lock of the data folder
/// sees to it.
class CheckpointPublisher final {
 public:
  /// `key` must outlive the publisher.
  CheckpointPublisher(const SigningKey& key, PublisherPaths paths);

  /// Signs the committed head and publishes it; when it is published already, only checks that.
  /// Outside any transaction. After a failure call again: whatever step was reached, the rest is
  /// made up for, with the same bytes.
  ///
  /// Fails with AuditRollback, and signs nothing, when the head is smaller than what was signed
  /// last, has another root at the same size, or does not extend it; with FileUnreadable when
  /// last_signed is gone although checkpoints were signed; with AuditCorrupt, FileUnwritable,
  /// DatabaseFailed. Blocks.
  base::Result<Checkpoint> publish(store::Session& session);

 private:
  base::Result<void> may_sign(store::Session& session, const CompactRange& head,
                              const std::optional<LastSigned>& last) const;
  base::Result<void> extends(store::Session& session, const CompactRange& head,
                             const CompactRange& last) const;
  base::Result<void> never_signed(store::Session& session) const;
  base::Result<std::string> stored_note(store::Session& session,
                                        const Checkpoint& checkpoint) const;
  base::Result<void> publish_file(const std::string& note) const;

  const SigningKey& key_;
  PublisherPaths paths_;
};

}  // namespace zeren::audit
