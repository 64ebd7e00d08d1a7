// A record with all that a plan about it needs, opened for one principal: what it may not see is unknown to it,
// and what its person is recused from is closed.
#pragma once

#include <optional>
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
};

/// Fails with RecordRecused, RecordUnknown, and as ModuleSet::type() and Session::query(). Blocks.
base::Result<RecordCase> open_case(Snapshot& snapshot, const access::Principal& principal,
                                   const std::string& record);

/// Fails with VersionStale.
base::Result<void> check_version(const records::Record& record, std::int64_t version);

records::Planning planning(Snapshot& snapshot);

/// The obligation the record fulfils, if it fulfils one. Fails as load_obligation(). Blocks.
base::Result<std::optional<records::Obligation>> obligation_of(Snapshot& snapshot,
                                                               const records::Record& record);

/// The principal as an actor on what fulfils `obligation`: who owes it by an appointment that ended acts in it
/// still. Any thread.
records::Actor actor_on(const access::Principal& principal, const EnabledModule& module,
                        const Snapshot& snapshot, const records::Obligation* obligation);

/// Names the code that took part.
void name_code(store::ChangeSet& change, const EnabledModule& module);

/// The rule as entries name it: `dual_reports.DR1`.
std::string rule_name(const records::Obligation& obligation);

/// Names the rule by which the record that `change` is about is judged, if it fulfils an obligation. Fails as
/// load_obligation(). Blocks.
base::Result<void> name_rule(store::ChangeSet& change, const Snapshot& snapshot);

/// The change, naming the code that took part and resting on the organisation: roles come from posts, and who
/// lost one meanwhile must not act any more. An empty change stays empty.
base::Result<store::ChangeSet> resting_on(base::Result<store::ChangeSet> change,
                                          const EnabledModule& module, const Snapshot& snapshot);

}  // namespace zeren::app
