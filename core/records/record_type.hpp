// What a module declares about one kind of record: its fields, states and steps, who may take them, and
// how it is dispatched. Read from the manifest once; everything here is data.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "records/content_schema.hpp"

namespace zeren::records {

/// Whose unit a role must be held in.
enum class Side : std::uint8_t { Owner, Recipient };

struct MayAct {
  std::string role;
  Side at = Side::Owner;
};

struct State {
  std::string key;
  base::Json title;
  bool editable = false;
  bool final = false;
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
};

/// What a recipient may do with its leg: sign for it, or return it.
struct LegStep {
  std::string key;
  base::Json title;
  std::vector<MayAct> by;
  bool reason_required = false;
  std::string to;  ///< the record's next state; empty: unchanged
};

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

  const Step* step(std::string_view key) const;
  const LegStep* leg_step(std::string_view key) const;
  const State& state(std::string_view key) const;
  /// The step that creates a record.
  const Step& first_step() const;
  /// Keys of the steps that lead on from `state`, for messages: `submit, return`.
  std::string steps_from(std::string_view state) const;
};

using RecordTypes = std::map<std::string, RecordType, std::less<>>;

/// The manifest's section `record_types`, whose shape and cross-references the manifest has checked. Fails
/// with ManifestSchema when a field schema cannot be compiled.
base::Result<RecordTypes> read_record_types(const std::string& module, const base::Json& section);

}  // namespace zeren::records
