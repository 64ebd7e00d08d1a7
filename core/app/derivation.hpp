// What the modules in force ask for, derived and not written: for the command that writes it, and for trials
// that only look.
#pragma once

#include <set>

#include "app/snapshot.hpp"
#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "records/obligation.hpp"
#include "rules/rule_book.hpp"

namespace zeren::app {

/// `window` and a year around it: a changed rule can move a date across the window's ends, by less than its
/// cycle.
base::Period reach_of(const base::Period& window);

/// What falls due in `window` under all modules in force; of a module that stays out, what `standing` holds of it.
/// Fails as records::derive(). Any thread.
base::Result<records::Derivation> derive_all(const Snapshot& snapshot, const base::Period& window,
                                             const std::vector<records::Obligation>& standing);

/// The same of one module, as if `rules` were its rules. Any thread.
base::Result<records::Derivation> derive_module(const Snapshot& snapshot, const EnabledModule& module,
                                                const rules::RuleBook& rules,
                                                const base::Period& window);

/// Puts what is settled already in place of what was derived for it: a succession moves what is open, and who has
/// left keeps what was fulfilled. Fails as Session::query(). Blocks.
base::Result<void> keep_settled(const Snapshot& snapshot, const std::vector<records::Obligation>& standing,
                                records::Derivation& derivation);

/// Recipients that the organisation does not have, of what falls due in `window` and is not waiting for a module:
/// `[{unit: {code, name}, rule, recipient, count}]`. Whoever owes it cannot send it.
base::Json missing_recipients(const Snapshot& snapshot, const records::Derivation& derivation,
                              const base::Period& window);

/// The years of `window` for which a calendar table was missed: what is derived around it is nobody's concern.
std::set<int> undeclared_in(const records::Derivation& derivation, const base::Period& window);

}  // namespace zeren::app
