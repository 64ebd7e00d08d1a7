#include "app/committer.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdlib>

#include "base/invariant.hpp"
#include "base/messages.hpp"
#include "store/tables.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Result;
using store::Value;

// More than this in one transaction only makes the last caller wait longer.
constexpr std::size_t kMaxGroup = 256;

// The schema refuses a tracked row that names it.
constexpr std::int64_t kNoEntry = -1;

// Derived tables are not guarded by the schema: here nobody but an entry's change writes them.
Result<void> write_bookkeeping(store::Session& session, const store::ChangeSet& change) {
  base::invariant(change.batches.empty(), "bookkeeping is a row or two");
  for (const auto& row : change.rows) {
    if (store::table(row.table).kind != store::TableKind::Operational) {
      return base::fail(Code::WriteWithoutEntry, {{"reason", "bookkeeping on " + row.table},
                                                 {"reason.zh-CN", "簿记写入了 " + row.table}});
    }
  }
  return store::write_rows(session, change, kNoEntry);
}

}  // namespace

Committer::Committer(store::Session session, audit::Log log, const base::Clock& clock,
                     base::Entropy& entropy, base::IdGenerator& ids, Committed committed)
    : session_(std::move(session)),
      log_(std::move(log)),
      clock_(clock),
      entropy_(entropy),
      ids_(ids),
      committed_(std::move(committed)),
      log_size_(log_.head().size),
      writer_([this] { run(); }) {}

Committer::~Committer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  writer_.join();
}

Result<void> Committer::commit(const store::ChangeSet& change) {
  Job job{&change, std::nullopt, clock_.now(), {}, {}};
  if (!change.act.action.empty()) {
    auto draft = audit::make_entry(change.act, store::committed_rows(change), ids_.next(), job.at,
                                   entropy_);
    if (!draft) return base::pass(std::move(draft));
    job.draft = std::move(*draft);
  }
  auto done = job.done.get_future();
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(&job);
  }
  wake_.notify_one();
  done.wait();
  return job.outcome;
}

std::int64_t Committer::log_size() const {
  const std::lock_guard lock(mutex_);
  return log_size_;
}

void Committer::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    std::deque<Job*> group;
    while (!waiting_.empty() && group.size() < kMaxGroup) {
      group.push_back(waiting_.front());
      waiting_.pop_front();
    }
    lock.unlock();
    commit_group(group);
    lock.lock();
  }
}

void Committer::commit_group(std::deque<Job*>& group) {
  if (const auto written = write_group(group); written) {
    log_.committed();
    std::set<std::string> tables;
    for (const auto* job : group) {
      if (!job->outcome) continue;
      for (const auto& row : job->change->rows) tables.insert(row.table);
      for (const auto& batch : job->change->batches) tables.insert(batch.table);
    }
    {
      const std::lock_guard lock(mutex_);
      log_size_ = log_.head().size;
    }
    committed_(tables, log_.head());
  } else {
    log_.rolled_back();
    if (written.error().code == Code::DatabaseIoFailed) {
      // After a failed fsync nobody knows what the disk holds: only a fresh start reads it back.
      spdlog::critical("{}", base::text_of(written.error()));
      std::_Exit(EXIT_FAILURE);
    }
    for (auto* job : group) {
      if (job->outcome) job->outcome = base::pass(written);
    }
  }
  // A caller may go as soon as it is answered, and its job with it.
  for (auto* job : group) job->done.set_value();
}

Result<void> Committer::write_group(std::deque<Job*>& group) {
  auto transaction = store::Transaction::begin(session_);
  if (!transaction) return base::pass(std::move(transaction));
  for (auto* job : group) job->outcome = write_one(*job);
  const bool any = std::any_of(group.begin(), group.end(),
                               [](const Job* job) { return job->outcome.has_value(); });
  if (!any) return {};  // rolled back by the transaction's end
  const auto sealed = log_.seal(session_);
  if (!sealed) return base::pass(sealed);
  return transaction->commit();
}

Result<void> Committer::write_one(Job& job) {
  auto savepoint = store::Savepoint::set(session_);
  if (!savepoint) return base::pass(std::move(savepoint));
  if (auto fresh = store::check_reads(session_, *job.change); !fresh) return fresh;
  auto written = job.draft ? write_audited(job) : write_bookkeeping(session_, *job.change);
  if (!written) return written;
  auto released = savepoint->release();
  if (!released && job.draft) log_.forget_last();
  return released;
}

Result<void> Committer::write_audited(Job& job) {
  const auto entry = log_.insert(session_, *job.draft);
  if (!entry) return base::pass(entry);
  auto written = store::write_rows(session_, *job.change, *entry);
  if (written) written = write_events(job, *entry);
  if (!written) log_.forget_last();
  return written;
}

Result<void> Committer::write_events(const Job& job, std::int64_t entry) {
  for (const auto& event : job.change->events) {
    auto written = session_.execute(
        "INSERT INTO outbox (id, type, subject, at, data, entry, audience, cause, hops)"
        " VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9)",
        std::vector<Value>{ids_.next(), event.type, event.subject, base::to_millis(job.at),
                           event.data.dump(), entry, std::string(store::name_of(event.audience)),
                           job.change->cause.event, job.change->cause.hops});
    if (!written) return written;
  }
  return {};
}

}  // namespace zeren::app
