#include "app/use_notes.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace zeren::app {
namespace {

using base::Result;
using store::RowWrite;
using store::Value;

// Sessions last twelve hours.
constexpr std::chrono::hours kForgotten{24};

}  // namespace

void UseNotes::record_read(const std::string& record, const std::string& account, base::Instant at) {
  const std::lock_guard lock(mutex_);
  auto& span = reads_.try_emplace({record, account}, Span{at, at}).first->second;
  span.last = std::max(span.last, at);
}

void UseNotes::session_used(const std::string& session, base::Instant at) {
  const std::lock_guard lock(mutex_);
  auto& use = uses_.try_emplace(session, Use{at, std::nullopt}).first->second;
  use.last = std::max(use.last, at);
}

std::optional<base::Instant> UseNotes::last_use(const std::string& session) const {
  const std::lock_guard lock(mutex_);
  const auto found = uses_.find(session);
  return found == uses_.end() ? std::nullopt : std::optional(found->second.last);
}

Result<store::ChangeSet> UseNotes::plan(store::Session& session) {
  {
    const std::lock_guard lock(mutex_);
    planned_reads_ = reads_;
    planned_uses_.clear();
    for (const auto& [id, use] : uses_) {
      if (!use.written || use.last >= *use.written + kGrain) planned_uses_[id] = use.last;
    }
  }
  store::ChangeSet change;
  if (auto done = plan_reads(session, change); !done) return base::pass(std::move(done));
  if (auto done = plan_uses(session, change); !done) return base::pass(std::move(done));
  return change;
}

Result<void> UseNotes::plan_reads(store::Session& session, store::ChangeSet& change) {
  for (const auto& [key, span] : planned_reads_) {
    const auto& [record, account] = key;
    const auto known = session.first("SELECT 1 FROM record_read WHERE record = :1 AND account = :2",
                                     std::array<Value, 2>{record, account});
    if (!known) return base::pass(known);
    RowWrite row{*known ? RowWrite::Kind::Update : RowWrite::Kind::Insert,
                 "record_read",
                 {{"record", record}, {"account", account}},
                 {{"last_at", base::to_millis(span.last)}}};
    if (!*known) row.values.emplace_back("first_at", base::to_millis(span.first));
    change.rows.push_back(std::move(row));
  }
  return {};
}

Result<void> UseNotes::plan_uses(store::Session& session, store::ChangeSet& change) {
  for (const auto& [id, at] : planned_uses_) {
    const auto known = session.first("SELECT 1 FROM session_use WHERE session = :1",
                                     std::array<Value, 1>{Value(id)});
    if (!known) return base::pass(known);
    change.rows.push_back({*known ? RowWrite::Kind::Update : RowWrite::Kind::Insert,
                           "session_use",
                           {{"session", id}},
                           {{"used_at", base::to_millis(at)}}});
  }
  return {};
}

void UseNotes::planned() {
  const std::lock_guard lock(mutex_);
  std::erase_if(reads_, [this](const auto& read) {
    const auto written = planned_reads_.find(read.first);
    return written != planned_reads_.end() && written->second.last == read.second.last;
  });
  base::Instant newest{};
  for (auto& [id, use] : uses_) {
    const auto written = planned_uses_.find(id);
    if (written != planned_uses_.end()) use.written = written->second;
    newest = std::max(newest, use.last);
  }
  std::erase_if(uses_, [&](const auto& each) { return each.second.last + kForgotten < newest; });
}

}  // namespace zeren::app
