// Signs the head and makes it public, in an order that survives a crash at any point and never
// vouches for two histories: (leaves and head are durable) → last_signed → sign → audit_checkpoint
// → checkpoint file.
#pragma once

#include <filesystem>
#include <string>

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

/// Whether the log of `session` goes on from what was signed last, and under the same name. A log that is longer does:
/// a crash between commit and signature leaves it so. Fails with AuditRollback when the head is smaller, has another root
/// at the same size, or does not extend it; with AuditOriginChanged; with FileUnreadable when last_signed is gone
/// although checkpoints were signed; with AuditCorrupt. Blocks; changes nothing.
base::Result<void> check_last_signed(store::Session& session, const std::string& origin,
                                     const std::filesystem::path& last_signed);

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
  /// Fails as check_last_signed(), and then signs nothing; with FileUnwritable, DatabaseFailed. Blocks.
  base::Result<Checkpoint> publish(store::Session& session);

 private:
  base::Result<std::string> stored_note(store::Session& session,
                                        const Checkpoint& checkpoint) const;
  base::Result<void> publish_file(const std::string& note) const;

  const SigningKey& key_;
  PublisherPaths paths_;
};

}  // namespace zeren::audit
