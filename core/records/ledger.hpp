// Lists: obligations with their lights, records, and what waits at a unit's door. Every list, count and
// single read goes through one Visibility.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "org/model.hpp"
#include "records/light.hpp"
#include "records/obligation.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"
#include "records/standing.hpp"
#include "store/session.hpp"
#include "store/statement.hpp"

namespace zeren::records {

/// What the caller may see: of each record type, on which side of it, in which units; and the records on which
/// one of its posts has a task. Nothing else, and nothing that its person is recused from.
struct Visibility {
  struct Window {
    std::string module;
    std::string type;
    std::vector<Side> sides;  ///< Owner: the units' own records; Recipient: those sent to them; other sides show none
    std::vector<org::UnitId> units;
    std::vector<std::string> below = {};  ///< kinds of relations: the units below count too, along them
    rules::Sensitivity clearance = rules::Sensitivity::Sensitive;  ///< the most sensitive that is seen
    rules::Sensitivity of_type = rules::Sensitivity::Internal;     ///< of records that say nothing else
    std::string author = {};  ///< account; empty: whoever drafted it
    bool assigned = false;    ///< only where one of `posts` has a task
    std::set<std::string> groups = {};  ///< of fields, that its holder sees; it hides no record
    /// Seen from another side than the owner's, as the owner sees it: `units` are the owners, or, with `below`, the
    /// units that stand above them, whose own records are not seen.
    bool beside = false;
  };
  /// Records of `type` that are read through their confirmed link `kind` by who reads the record of `parent_type` it
  /// leads to. One that is more sensitive than that record is not.
  struct Parent {
    std::string module;
    std::string type;
    std::string kind;
    std::string parent_type;
    rules::Sensitivity of_type = rules::Sensitivity::Internal;    ///< of records that say nothing else
    rules::Sensitivity of_parent = rules::Sensitivity::Internal;  ///< likewise
  };
  std::vector<Window> windows;
  std::vector<Parent> parents = {};
  std::vector<org::PostId> posts = {};
  org::PersonId person = {};
  base::Date today = {};  ///< on which units and relations stand
  std::vector<org::AppointmentId> appointments = {};  ///< ended ones, whose obligations the person still has
  bool by_task = true;  ///< a task of one of `posts` shows its record
};

/// Of `visibility`, what is seen as the owner sees it, with all of `groups`. Whoever sees a record by a task or as a
/// recipient has a copy, older and less than what the owner has: searching by fields must not tell the rest.
Visibility own_side(Visibility visibility, const std::vector<std::string>& groups);

/// The one predicate of lists, counts and single reads: a condition on `record r`, added to `statement`
/// (visibility.cpp).
void restrict_to(const Visibility& visibility, store::Statement& statement);

/// Whether `visibility` shows the record. Fails as Session::query(). Blocks.
base::Result<bool> is_visible(store::Session& session, const Visibility& visibility,
                              const std::string& record);

/// Whether it shows the record for the sake of a record that this one belongs to. Fails as Session::query(). Blocks.
base::Result<bool> is_visible_through_parent(store::Session& session, const Visibility& visibility,
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

}  // namespace zeren::records
