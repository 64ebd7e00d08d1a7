#include "records/task.hpp"

#include <algorithm>
#include <tuple>

#include "base/invariant.hpp"

namespace zeren::records {
namespace {

using base::Result;
using store::Row;
using store::Value;

std::optional<base::Date> date_of(const Row& row, std::size_t column) {
  const auto text = row.optional_text(column);
  if (!text) return std::nullopt;
  const auto date = base::parse_date(*text);
  base::invariant(date.has_value(), "dates are written with to_string()");
  return *date;
}

std::optional<base::Instant> instant_of(const Row& row, std::size_t column) {
  const auto millis = row.optional_integer(column);
  return millis ? std::optional(base::from_millis(*millis)) : std::nullopt;
}

template <class T>
T known(std::optional<T> word) {
  base::invariant(word.has_value(), "tasks are written with name_of()");
  return *word;
}

Task task_of(const Row& r) {
  return {r.text(0),
          r.integer(1),
          known(task_kind_named(r.text(2))),
          known(task_state_named(r.text(3))),
          r.text(4),
          {r.text(5)},
          {r.text(6)},
          {r.text(7)},
          r.text(8),
          r.text(9),
          r.text(10),
          base::from_millis(r.integer(11)),
          r.text(12),
          date_of(r, 13),
          r.text(14),
          known(agreement_named(r.text(15))),
          r.integer(16),
          r.integer(17),
          r.text(18),
          r.text(19),
          r.text(20),
          instant_of(r, 21),
          r.integer(22),
          date_of(r, 23)};
}

bool is_signer(const Task& task, const std::string& signing) {
  return !signing.empty() && task.signing == signing && task.state != TaskState::Withdrawn;
}

// Who disagreed may be asked again, and only an agreement of the same post undoes it.
bool agreed_since(const std::vector<Task>& tasks, const Task& refused) {
  return std::any_of(tasks.begin(), tasks.end(), [&](const Task& task) {
    return task.kind == TaskKind::Countersign && task.state == TaskState::Done &&
           task.post == refused.post && task.given_at > refused.given_at;
  });
}

bool waits(const std::vector<Task>& tasks, const Task& task) {
  if (task.kind != TaskKind::Countersign) return task.is_open();
  if (is_agreed(tasks, task.signing)) return false;
  return task.is_open() || (task.state == TaskState::Declined && !agreed_since(tasks, task));
}

}  // namespace

Result<std::vector<Task>> load_tasks(store::Session& session, const std::string& record) {
  const auto rows = session.query(
      "SELECT id, version, kind, state, parent, circle, post, unit, holder, given_by, given_capacity,"
      " given_at, demand, due, signing, agreement, quorum, place, opinion, answered_by, capacity,"
      " answered_at, urged, granted FROM task WHERE record = :1 ORDER BY given_at, place, id",
      std::vector<Value>{record});
  if (!rows) return base::pass(rows);
  std::vector<Task> tasks;
  for (const auto& row : *rows) tasks.push_back(task_of(row));
  return tasks;
}

Result<std::vector<std::string>> records_with_tasks_of(store::Session& session,
                                                       const org::PostId& post) {
  const auto rows = session.query(
      "SELECT DISTINCT record FROM task WHERE post = :1 AND state IN ('open', 'answered')"
      " ORDER BY record",
      std::vector<Value>{post.value});
  if (!rows) return base::pass(rows);
  std::vector<std::string> records;
  for (const auto& row : *rows) records.push_back(row.text(0));
  return records;
}

bool is_agreed(const std::vector<Task>& tasks, const std::string& signing) {
  std::int64_t signers = 0;
  std::int64_t agreed = 0;
  std::int64_t needed = 0;
  auto agreement = Agreement::All;
  for (const auto& task : tasks) {
    if (!is_signer(task, signing)) continue;
    ++signers;
    agreed += task.state == TaskState::Done ? 1 : 0;
    agreement = task.agreement;
    needed = task.quorum;
  }
  if (agreement == Agreement::Any) return agreed > 0;
  if (agreement == Agreement::Quorum) return agreed >= needed;
  return agreed == signers;
}

std::vector<const Task*> outstanding(const std::vector<Task>& tasks,
                                     const std::vector<TaskKind>& kinds) {
  std::vector<const Task*> open;
  for (const auto& task : tasks) {
    const bool meant = std::find(kinds.begin(), kinds.end(), task.kind) != kinds.end();
    if (meant && waits(tasks, task)) open.push_back(&task);
  }
  return open;
}

std::optional<base::Date> time_granted(const std::vector<Task>& tasks) {
  const Task* newest = nullptr;
  for (const auto& task : tasks) {
    if (task.kind != TaskKind::MoreTime || task.state != TaskState::Done) continue;
    const bool later = newest == nullptr ||
                       std::tie(newest->answered_at, newest->id) < std::tie(task.answered_at, task.id);
    if (later) newest = &task;
  }
  if (newest == nullptr) return std::nullopt;
  return newest->granted ? newest->granted : newest->due;
}

const Task* whose_turn_before(const std::vector<Task>& tasks, const Task& task) {
  if (task.agreement != Agreement::InOrder || task.signing.empty()) return nullptr;
  const Task* first = nullptr;
  for (const auto& other : tasks) {
    const bool before = is_signer(other, task.signing) && other.place < task.place;
    if (!before || other.state != TaskState::Open) continue;
    if (first == nullptr || other.place < first->place) first = &other;
  }
  return first;
}

}  // namespace zeren::records
