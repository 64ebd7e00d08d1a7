// What the modules in force ask for, derived and not written: for the command that writes it, and for trials
// that only look.
#pragma once

#include <set>
#include <string>
#include <vector>

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

/// What falls due in `window` under one module, as if `rules` were its rules. Fails as records::derive(). Any thread.
base::Result<records::Derivation> derive_module(const Snapshot& snapshot, const EnabledModule& module,
                                                const rules::RuleBook& rules,
                                                const base::Period& window);

/// Ids in [from, to); an empty `to` is the end.
struct IdRange {
  std::string from;
  std::string to;
};

/// Puts what is settled already in place of what was derived for it, both of them within `range`: a succession moves
/// what is open, and who has left keeps what was fulfilled. Fails as Session::query(). Blocks.
base::Result<void> keep_settled(const Snapshot& snapshot, const std::vector<records::Obligation>& standing,
                                const IdRange& range, records::Derivation& derivation);

/// The years of `window` for which a calendar table was missed: what is derived around it is nobody's concern.
std::set<int> undeclared_in(const records::Derivation& derivation, const base::Period& window);

}  // namespace zeren::app
