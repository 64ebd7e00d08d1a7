// What people ask of each other about a record, and what they say: tasks, recusals, comments.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "base/civil_time.hpp"
#include "records/verb.hpp"

namespace zeren::app {

/// All but hand_over() answer `{id, version, state}` of the record, and fail with RecordUnknown or RecordRecused as
/// the commands of record_commands.hpp do.

struct GivenTask {
  records::TaskKind kind = records::TaskKind::Handle;
  std::vector<std::string> to;  ///< codes of posts, in order
  std::string demand;
  std::optional<base::Date> due;
  records::Agreement agreement = records::Agreement::All;
  std::int64_t quorum = 0;
  std::string add_to;  ///< a countersigning that gets more signers
};

/// Fails as records::plan_give(), with PostUnknown, and with RequestMalformed when more time is asked for than what
/// is owed already has, or for a record that fulfils no obligation.
Command give_task(const access::Principal& principal, const std::string& record,
                  const GivenTask& given);

struct TaskStep {
  std::string task;
  records::TaskVerb verb = records::TaskVerb::Finish;
  std::string text;             ///< opinion or reason
  std::string to;               ///< code of a post; for Reassign and Delegate
  std::optional<base::Date> due;  ///< for Reissue, and for Grant when less is given than was asked for
};

/// Fails as records::plan_answer(), plan_pass_on(), plan_take_back() and plan_urge().
Command take_task_step(const access::Principal& principal, const std::string& record,
                       const TaskStep& step);

/// Every open task of the post `from` goes to `to`, on all records that the caller may see. Answers
/// `{items: [{record, task, kind}]}`. Fails with PostUnknown and as records::plan_hand_over(); then nothing moves.
Command hand_over(const access::Principal& principal, const std::string& from, const std::string& to,
                  const std::string& reason);

struct Recused {
  std::string person;  ///< code; empty: the caller
  std::string relation;
  std::string reason;
  std::string replacement;  ///< code of a post; empty: none
};

/// Fails with PersonUnknown, PostUnknown, and as records::plan_recusal().
Command recuse(const access::Principal& principal, const std::string& record,
               const Recused& recused);

/// Fails as records::plan_comment().
Command add_comment(const access::Principal& principal, const std::string& record,
                    const std::string& text);

}  // namespace zeren::app
