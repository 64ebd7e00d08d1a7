// Lists: obligations with their lights, records, and what waits at a unit's door. Every list, count and
// single read goes through one Visibility.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "org/model.hpp"
#include "records/light.hpp"
#include "records/obligation.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"
#include "store/session.hpp"
#include "store/statement.hpp"

namespace zeren::records {

/// What the caller may see: of each record type, on which side of it, in which units; and the records on which
/// one of its posts has a task. Nothing else, and nothing that its person is recused from.
struct Visibility {
  struct Window {
    std::string module;
    std::string type;
    std::vector<Side> sides;  ///< Owner: the unit's own records; Recipient: those sent to it
    std::vector<org::UnitId> units;
    std::string below = {};  ///< a kind of relation: the units below count too, along it
    rules::Sensitivity clearance = rules::Sensitivity::Sensitive;  ///< the most sensitive that is seen
    rules::Sensitivity of_type = rules::Sensitivity::Internal;     ///< of records that say nothing else
    std::string author = {};  ///< account; empty: whoever drafted it
    bool assigned = false;    ///< only where one of `posts` has a task
    std::set<std::string> groups = {};  ///< of fields, that its holder sees; it hides no record
  };
  std::vector<Window> windows;
  std::vector<org::PostId> posts = {};
  org::PersonId person = {};
  base::Date today = {};  ///< on which units and relations stand
  std::vector<org::AppointmentId> appointments = {};  ///< ended ones, whose obligations the person still has
  bool by_task = true;  ///< a task of one of `posts` shows its record
};

/// Of `visibility`, what is seen as the owner sees it, with all of `groups`. Whoever sees a record by a task or as a
/// recipient has a copy, older and less than what the owner has: searching by fields must not tell the rest.
Visibility own_side(Visibility visibility, const std::vector<std::string>& groups);

/// The one predicate of lists, counts and single reads: a condition on `record r`, added to `statement`.
void restrict_to(const Visibility& visibility, store::Statement& statement);

/// Whether `visibility` shows the record. Fails as Session::query(). Blocks.
base::Result<bool> is_visible(store::Session& session, const Visibility& visibility,
                              const std::string& record);

/// Fails with RecordRecused when `person` is recused from the record: it is told so, instead of that there is no
/// such record. Fails as Session::query(). Blocks.
base::Result<void> check_not_recused(store::Session& session, const org::PersonId& person,
                                     const std::string& record);

/// Ids of the records that `person` is recused from. Fails as Session::query(). Blocks.
base::Result<std::set<std::string>> recused_records(store::Session& session,
                                                    const org::PersonId& person);

struct RecordLine {
  std::string id;
  std::int64_t version = 0;
  std::string module;
  std::string type;
  org::UnitId unit;
  std::string period;
  std::string state;
  std::string title;  ///< the field `title`, when there is one
  std::string author = {};  ///< account
  std::optional<rules::Sensitivity> sensitivity = std::nullopt;  ///< none: what its type says
};

/// The columns of a line: of `record r` and of its `record_content c`.
inline constexpr std::string_view kLineColumns =
    "r.id, r.version, r.module, r.type, r.unit, r.period, r.state, r.created_by, r.sensitivity, c.content";
inline constexpr std::size_t kLineWidth = 10;

/// A row that begins with kLineColumns. Fails as parse_json().
base::Result<RecordLine> line_in(const store::Row& row);

/// What is known of an obligation's fulfilment.
struct Standing {
  Obligation obligation;
  std::string record;  ///< empty while there is none
  std::string state;   ///< the record's; empty likewise
  std::int64_t returned = 0;
  std::optional<base::Instant> first_delivered;  ///< when every leg of the first round that stands was delivered
  std::optional<base::Date> extended_to = std::nullopt;  ///< granted on request; the obligation keeps its date
};

/// All open obligations with their standing, ordered by due date and id. Whom they may be shown to is the
/// caller's to decide. Fails as Session::query(). Blocks.
base::Result<std::vector<Standing>> load_standings(store::Session& session);

}  // namespace zeren::records
