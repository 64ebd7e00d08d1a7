// A record with all that a plan about it needs, opened for one principal: what it may not see is unknown to it,
// and what its person is recused from is closed.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "access/principal.hpp"
#include "app/officials.hpp"
#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "records/obligation.hpp"
#include "records/record.hpp"
#include "store/change_set.hpp"

namespace zeren::app {

struct RecordCase {
  records::Record record;
  const EnabledModule* module;
  const records::RecordType* type;
  records::Actor actor;
  std::vector<org::UnitId> granted_sides = {};  ///< where a grant, its type or a record above lets it read

  /// Whether the principal reads on the side of `unit`: it is of its circle, or something else lets it.
  bool reads_on(const org::UnitId& unit) const;
};

/// Fails with RecordRecused, RecordUnknown, and as ModuleSet::type() and Session::query(). Blocks.
base::Result<RecordCase> open_case(Snapshot& snapshot, const access::Principal& principal,
                                   const std::string& record);

/// The content versions that the actor may see: the owner's side all of them, a recipient those it was sent.
std::set<std::int64_t> versions_shown(const RecordCase& open);

/// Fails with VersionStale.
base::Result<void> check_version(const records::Record& record, std::int64_t version);

records::Planning planning(Snapshot& snapshot);

/// The obligation the record fulfils, if it fulfils one. Fails as load_obligation(). Blocks.
base::Result<std::optional<records::Obligation>> obligation_of(Snapshot& snapshot,
                                                               const records::Record& record);

/// Names the code that took part.
void name_code(store::ChangeSet& change, const EnabledModule& module);

/// The rule as entries name it: `dual_reports.DR1`.
std::string rule_name(const records::Obligation& obligation);

/// Names the rule by which the record that `change` is about is judged, if it fulfils an obligation. Fails as
/// load_obligation(). Blocks.
base::Result<void> name_rule(store::ChangeSet& change, const Snapshot& snapshot);

/// The change, naming the code that took part and resting on the organisation and the rules: who lost a post
/// meanwhile must not act any more, and nobody files by a rule that has just been replaced. An empty change stays
/// empty.
base::Result<store::ChangeSet> resting_on(base::Result<store::ChangeSet> change,
                                          const EnabledModule& module, const Snapshot& snapshot);

}  // namespace zeren::app
