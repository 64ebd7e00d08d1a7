// What people are asked to do with a record between its steps. A task belongs to a post, not to a person:
// whoever holds the post, formally or standing in, holds the task.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "org/model.hpp"
#include "records/verb.hpp"
#include "store/session.hpp"

namespace zeren::records {

struct Task {
  std::string id;
  std::int64_t version = 1;
  TaskKind kind = TaskKind::Handle;
  TaskState state = TaskState::Open;
  std::string parent;  ///< the task it was delegated from; empty: none
  org::UnitId circle;  ///< on whose side of the dispatch it was given: the owner's or a recipient's
  org::PostId post;
  org::UnitId unit;    ///< of the post
  std::string holder;  ///< title of the post
  std::string given_by;        ///< account
  std::string given_capacity;
  base::Instant given_at;
  std::string demand;
  std::optional<base::Date> due;  ///< of MoreTime: the date asked for
  std::string signing;            ///< shared by the signers of one countersigning
  Agreement agreement = Agreement::All;
  std::int64_t quorum = 0;
  std::int64_t place = 0;  ///< in order
  std::string opinion;
  std::string answered_by;  ///< account
  std::string capacity;
  std::optional<base::Instant> answered_at;
  std::int64_t urged = 0;
  std::optional<base::Date> granted = std::nullopt;  ///< of MoreTime: the date given; none: the one asked for

  bool is_open() const { return state == TaskState::Open || state == TaskState::Answered; }
};

/// The tasks of a record, oldest first. Fails as Session::query(). Blocks.
base::Result<std::vector<Task>> load_tasks(store::Session& session, const std::string& record);

/// Ids of the records on which `post` has open tasks. Fails as Session::query(). Blocks.
base::Result<std::vector<std::string>> records_with_tasks_of(store::Session& session,
                                                             const org::PostId& post);

/// Whether the countersigning that `signing` names is agreed to, as its signers stand.
bool is_agreed(const std::vector<Task>& tasks, const std::string& signing);

/// Tasks that stand in the way of whoever needs `kinds` to be done: those not ended, and who disagreed to a
/// countersigning that is not agreed to without them, until the same post agrees.
std::vector<const Task*> outstanding(const std::vector<Task>& tasks,
                                     const std::vector<TaskKind>& kinds);

/// The date up to which more time was granted, the newest grant counting; nullopt for none.
std::optional<base::Date> time_granted(const std::vector<Task>& tasks);

/// Who must sign before `task`; null when nobody must.
const Task* whose_turn_before(const std::vector<Task>& tasks, const Task& task);

}  // namespace zeren::records
