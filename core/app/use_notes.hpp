// What is noted in passing and written a little later, so that reading costs no write: who has read which record, and
// when a session was last used.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::app {

/// Any thread, but plan() and planned(): one at a time. What was not written yet is lost with the process, half a
/// second of it at most while a host serves.
class UseNotes final {
 public:
  /// A session's use is written again only after this long.
  static constexpr std::chrono::minutes kGrain{1};

  void record_read(const std::string& record, const std::string& account, base::Instant at);
  void session_used(const std::string& session, base::Instant at);

  /// When the session was used last, as far as this process knows.
  std::optional<base::Instant> last_use(const std::string& session) const;

  /// The rows that note what has come since, beside what `session` reads; empty when nothing has. Fails as
  /// Session::query(), and keeps its notes. Blocks.
  base::Result<store::ChangeSet> plan(store::Session& session);
  /// What plan() planned is written.
  void planned();

 private:
  struct Span {
    base::Instant first;
    base::Instant last;
  };
  using Reads = std::map<std::pair<std::string, std::string>, Span>;  // record, account
  struct Use {
    base::Instant last;
    std::optional<base::Instant> written;
  };

  base::Result<void> plan_reads(store::Session& session, store::ChangeSet& change);
  base::Result<void> plan_uses(store::Session& session, store::ChangeSet& change);

  mutable std::mutex mutex_;  // guards what follows
  Reads reads_;
  std::map<std::string, Use> uses_;
  Reads planned_reads_;
  std::map<std::string, base::Instant> planned_uses_;
};

}  // namespace zeren::app
