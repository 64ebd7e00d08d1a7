// What a module declares about one kind of record: its fields, states and steps, who may take them, and
// how it is dispatched. Read from the manifest once; everything here is data.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "records/content_schema.hpp"
#include "records/link_rules.hpp"
#include "records/recipients.hpp"
#include "records/record_index.hpp"
#include "records/side.hpp"
#include "records/up_cast.hpp"
#include "records/verb.hpp"
#include "rules/sensitivity.hpp"

namespace zeren::records {

struct State {
  std::string key;
  base::Json title;
  bool editable = false;
  bool final = false;
};

/// Whom a step asks to countersign.
struct Countersign {
  Agreement agreement = Agreement::All;
  std::int64_t quorum = 0;
  std::vector<MayAct> signers;  ///< of each role, who holds it there; in this order
};

struct Step {
  std::string key;
  base::Json title;
  std::vector<std::string> from;  ///< empty: creates the record
  std::string to;
  std::vector<MayAct> by;
  bool reason_required = false;
  std::vector<std::string> required_fields;
  std::vector<std::string> not_same_person_as;  ///< steps of the same round
  bool dispatches = false;
  Verb verb = Verb::Move;
  std::vector<TaskKind> tasks_done;  ///< kinds of which nothing may be open
  std::optional<Countersign> countersign = std::nullopt;
  std::vector<LinksNeeded> linked = {};
  std::vector<LinkedFrom> linked_from = {};
  std::optional<Creates> creates = std::nullopt;
  std::vector<std::string> emits = {};  ///< events that tell of it, beside that of the step
};

/// What a recipient may do with its leg: sign for it, or return it.
struct LegStep {
  std::string key;
  base::Json title;
  std::vector<MayAct> by;
  bool reason_required = false;
  std::string to;  ///< the record's next state; empty: unchanged
};

/// Who may give tasks of a kind, and to whom.
struct TaskRule {
  std::vector<MayAct> by;
  std::vector<MayAct> to;
  bool before_due = false;  ///< given and granted until the due date only
};

/// A report that there is nothing to report (零报告, domain E9): `field` says so, and stands for the others.
struct NilReport {
  std::string field;
  std::vector<std::string> instead_of;
  base::Json title;
};

/// What is left out of a recipient's copy.
struct Profile {
  base::Json title;
  std::vector<std::string> without;
};

/// Who decides about single legs of a dispatch.
struct LegDecisions {
  std::vector<MayAct> withhold;
  std::vector<MayAct> release;
  std::vector<MayAct> enter;  ///< what became of a copy that went by hand
};

/// What a record that nobody owes is about.
enum class FreePeriod : std::uint8_t { Year, None };

struct RecordType {
  std::string module;
  std::string key;
  base::Json title;
  std::int64_t schema_version = 1;
  ContentSchema schema;
  std::string initial_state;
  std::map<std::string, State, std::less<>> states;
  std::vector<Step> steps;        ///< in the order declared
  std::vector<LegStep> leg_steps;
  std::string all_receipted_to;
  std::vector<Side> readers;
  std::map<TaskKind, TaskRule> tasks = {};
  /// Roles that nobody may hold both of on one record.
  std::vector<std::pair<std::string, std::string>> incompatible = {};
  std::vector<MayAct> recusal_by = {};              ///< who may order a recusal
  std::map<std::string, base::Json> roles = {};  ///< titles of the module's roles
  rules::Sensitivity sensitivity = rules::Sensitivity::Internal;  ///< of a record that says nothing else
  std::map<std::string, std::string> field_groups = {};  ///< field to group; the others are everybody's
  std::optional<NilReport> nil_report = std::nullopt;
  std::map<std::string, Profile, std::less<>> profiles = {};
  LegDecisions decisions = {};
  UpCasts up_casts = {};
  std::vector<IndexedField> indexed = {};
  std::optional<FreePeriod> free = std::nullopt;  ///< drafted without an obligation too
  LinkKinds links = {};
  NamedSides sides = {};
  std::vector<RecipientRule> recipients = {};  ///< of a record whose obligation names none, or that nobody owes
  std::string parent = {};  ///< kind of link: who reads the record it leads to reads this one; empty: none
  /// The module's own events, and the fields that each brings along.
  std::map<std::string, std::vector<std::string>> events = {};

  const Step* step(std::string_view key) const;
  const LegStep* leg_step(std::string_view key) const;
  /// A state called by its key, in which nothing can be done, when the type has none of that name: what was long ago
  /// may have been in one that the module's newer version dropped.
  State state(std::string_view key) const;
  /// The step that creates a record.
  const Step& first_step() const;
  /// The steps that lead on from `state`, by title and key, for messages.
  base::Json steps_from(std::string_view state) const;
  /// The title of a step, of an answer to a leg (`leg.sign_for`), or of what is done with a task
  /// (`task.agree`); the key itself where there is none.
  base::Json title_of_step(std::string_view key) const;
  /// Whether an archiving or a voiding led to `state`: nothing is done with the record any more.
  bool is_closed(std::string_view state) const;
  base::Json title_of_role(const std::string& role) const;
  /// The role with its side: `收文单位的收文员`.
  base::Json title_of_role(const MayAct& may) const;
};

using RecordTypes = std::map<std::string, RecordType, std::less<>>;

/// The manifest's section `record_types`, whose shape and cross-references the manifest has checked, and the
/// titles in its section `roles`; `events` are those it declares under "out". Fails with ManifestSchema when a field
/// schema cannot be compiled; its `where.pointer` leads from the section.
base::Result<RecordTypes> read_record_types(const std::string& module, const base::Json& section,
                                            const base::Json& roles = base::Json::object(),
                                            const base::Json& events = base::Json::object());

using Args = std::map<std::string, std::string>;

/// Adds `title` to the arguments of an error, in both languages.
void say(Args& args, const std::string& name, const base::Json& title);

/// `Submit (submit)`: a reader needs the word, a caller the key.
base::Json with_key(const base::Json& title, const std::string& key);

/// `{"en", "zh-CN"}` of all joined, each once: `a, b`, `a、b`; `-` of none.
base::Json joined(const std::vector<base::Json>& titles);

}  // namespace zeren::records
