// What a plan returns: everything one command would write, as data. Planning has no effects, so it is
// tested without a database and can be repeated; app/committer.hpp is the only code that applies it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "store/value.hpp"

namespace zeren::store {

/// One row to write. Rows of tracked tables get their `entry` column from the committer and are part of
/// what the entry commits to; rows of derived and operational tables (store/tables.hpp) are not.
struct RowWrite {
  enum class Kind : std::uint8_t { Insert, Update, Remove };
  Kind kind = Kind::Insert;
  std::string table;
  Columns key;     ///< the primary key, whole
  Columns values;  ///< the other columns; on Update only those that change
};

/// Many rows to add to one derived or operational table: its columns are named once.
struct RowBatch {
  std::string table;
  std::vector<std::string> columns;
  std::vector<std::vector<Value>> rows;  ///< a column has texts, or integers; NULL stands among texts only
};

/// A row that the plan relied on. The commit fails with StaleRead when its `version` column has moved.
/// Version 0 states that the row did not exist.
struct ReadVersion {
  std::string table;
  Columns key;
  std::int64_t version = 0;
};

/// An object an entry speaks of: `{"record", "0190…", 3}`.
struct ObjectRef {
  std::string type;
  std::string id;
  std::int64_t version = 0;
};

/// Who and what the audit entry will name. Whatever is personal or guessable goes into `committed`, of
/// which the leaf holds salted commitments only (audit-log.md §1).
struct Act {
  std::string action;           ///< `record.submit`
  std::string outcome = "ok";   ///< `ok` or `refused`
  std::string unit;             ///< id of the unit acted for; empty for the deployment itself
  std::string account;          ///< opaque account id, or `system:…`, `module:…`
  std::vector<ObjectRef> objects;
  std::map<std::string, base::Json> committed;
  std::string module;           ///< with `module_version` and `module_digest`: the code that took part
  std::string module_version;
  std::string module_digest;
  std::string rule;             ///< the rule judged by, with its version
  std::int64_t rule_version = 0;
  std::string request;          ///< request id
};

/// Who outside the host may hear of an event, of those who may read what it is about. Modules hear of everything.
/// Only its writer knows, so no event is made without one.
enum class Audience : std::uint8_t {
  Host,     ///< nobody: it is for modules, or those concerned have lists of their own
  OwnSide,  ///< people of the record's own unit
  Readers,  ///< everybody who may read the record, its recipients too
  Line,     ///< about a unit and no record: people of that unit and of those above it
};

/// `own_side`, as the outbox keeps it.
std::string_view name_of(Audience audience);
/// The audience called `name`; Host for what nobody knows, which tells nobody.
Audience audience_named(std::string_view name);

/// Told after the commit, at least once, in order per subject. CloudEvents 1.0 gives the shape.
struct Event {
  Event(std::string type_, std::string subject_, Audience audience_, base::Json data_)
      : type(std::move(type_)), subject(std::move(subject_)), audience(audience_), data(std::move(data_)) {}
  std::string type;     ///< `zeren.record.submitted`
  std::string subject;  ///< `record/0190…`
  Audience audience;
  base::Json data;      ///< with `record` and `module` (OwnSide, Readers), or `unit` and `module` (Line)
};

/// Why a module changes something: it answered an event.
struct Cause {
  std::string event;      ///< id of the event; empty: nobody's answer
  std::int64_t hops = 0;  ///< how many answers of modules led to this change, this one included
};

struct ChangeSet {
  Act act;
  std::vector<RowWrite> rows;
  std::vector<ReadVersion> reads;
  std::vector<Event> events;
  base::Json answer;  ///< what the caller is told once the change is durable
  Cause cause = {};   ///< kept with `events`, so that answers that lead to each other are counted
  std::vector<RowBatch> batches = {};  ///< written after `rows`
  /// Only a part of what the command does: once it is durable, the command is planned again for the next. Each part
  /// leaves everything as it should be.
  bool more = false;
};

}  // namespace zeren::store
