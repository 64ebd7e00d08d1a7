// The only code that writes. One thread takes all waiting change sets, each in a savepoint, into one
// transaction and one fsync; callers wait until theirs is durable.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "audit/entry.hpp"
#include "audit/log.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::app {

/// Told after each commit, before its callers are answered, on the writer's thread: the tables written and
/// the log's new head.
using Committed = std::function<void(const std::set<std::string>& tables, const audit::Head& head)>;

class Committer final {
 public:
  /// `clock`, `entropy` and `ids` must outlive the committer.
  Committer(store::Session session, audit::Log log, const base::Clock& clock, base::Entropy& entropy,
            base::IdGenerator& ids, Committed committed);
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;
  /// Commits what waits, then stops.
  ~Committer();

  /// Blocks until the change is durable or refused. A change without an action is the host's own
  /// bookkeeping: it gets no entry and may write operational tables only. Fails with StaleRead or UniqueViolated when somebody
  /// was first (plan again), and as Session::execute(); then nothing of it was written. Any thread.
  base::Result<void> commit(const store::ChangeSet& change);

  /// How many entries the log holds. Any thread.
  std::int64_t log_size() const;

 private:
  struct Job {
    const store::ChangeSet* change;
    std::optional<audit::Draft> draft;  // none for the host's own bookkeeping
    base::Instant at;
    base::Result<void> outcome;
    std::promise<void> done;
  };

  void run();
  void commit_group(std::deque<Job*>& group);
  base::Result<void> write_group(std::deque<Job*>& group);
  base::Result<void> write_one(Job& job);
  base::Result<void> write_audited(Job& job);
  base::Result<void> write_events(const Job& job, std::int64_t entry);

  store::Session session_;
  audit::Log log_;
  const base::Clock& clock_;
  base::Entropy& entropy_;
  base::IdGenerator& ids_;
  Committed committed_;

  mutable std::mutex mutex_;  // guards waiting_, stopping_, log_size_
  std::condition_variable wake_;
  std::deque<Job*> waiting_;
  bool stopping_ = false;
  std::int64_t log_size_;

  std::thread writer_;  // last: starts when all else stands
};

}  // namespace zeren::app
