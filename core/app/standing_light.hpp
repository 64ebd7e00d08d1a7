// How an obligation stands, from its rules, its record and the calendar day.
#pragma once

#include <vector>

#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "records/ledger.hpp"
#include "records/light.hpp"

namespace zeren::app {

/// The rule it was derived from; null when the module dropped it since.
const records::ObligationRule* rule_of(const EnabledModule& module,
                                       const records::Obligation& obligation);

/// What the rules in force say about the states that fulfil. Any thread, as the next three.
records::FulfillingStates fulfilling_states(const ModuleSet& modules);

/// All open obligations under the rules in force. Fails as records::load_standings(). Blocks.
base::Result<std::vector<records::Standing>> standings_of(const Snapshot& snapshot);

/// Whether it can be late at all: it has a date, and its record is in no state that exempts from
/// it.
bool is_asked(const EnabledModule& module, const records::Standing& standing);

/// Whether it lies before the module was introduced (domain E12).
bool is_before_cut_over(const EnabledModule& module, const records::Obligation& obligation);

/// What its light depends on. Fails as base::local_date(). Any thread.
base::Result<records::Progress> progress_of(const Snapshot& snapshot, const EnabledModule& module,
                                            const records::Standing& standing);

/// Fails as base::local_date(). Any thread.
base::Result<records::Light> light_of(const Snapshot& snapshot, const EnabledModule& module,
                                      const records::Standing& standing);

}  // namespace zeren::app
