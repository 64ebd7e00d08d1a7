// What a derivation makes of the obligations that stand: the one place that decides what is added, what moves and
// what lapses.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "records/obligation.hpp"
#include "store/change_set.hpp"

namespace zeren::records {

enum class Outcome : std::uint8_t {
  Stays,
  Added,
  Moved,       ///< a date, a recipient or a rule version changed
  Superseded,  ///< the rules ask for it no longer; the row stays
};

/// Told every row that the table then has, in the order of ids. The obligation is the callee's to take.
using TakeOutcome = std::function<base::Result<void>(Obligation& obligation, Outcome outcome)>;

/// Compares `standing` with what was `derived` for `window` and some time around it: an obligation whose date moves
/// out of the window moves, and is not lost. Outside the window nothing is added or superseded. What is in `filed` has
/// been judged: it keeps its date and its rule version, and is never superseded. What a record brought about is left
/// out: it follows from that record (source_obligations.hpp). Both are put in order of ids; of one id derived twice
/// the first counts. Fails as `take`, which ends it. Any thread.
base::Result<void> merge_obligations(std::vector<Obligation> standing, std::vector<Obligation> derived,
                                     const base::Period& window, const std::set<std::string>& filed,
                                     const TakeOutcome& take);

/// What one run changes: the rows to write, and the digest of the table once they are written
/// (audit/derived_digest.hpp computes the same from the database).
struct DerivationPlan {
  std::vector<store::RowWrite> rows;
  std::string digest;
  std::size_t added = 0;
  std::size_t moved = 0;
  std::size_t superseded = 0;
};

/// The merge as a plan, for as many obligations as fit into memory several times. Any thread.
base::Result<DerivationPlan> plan_derivation(const std::vector<Obligation>& standing,
                                             const std::vector<Obligation>& derived,
                                             const base::Period& window,
                                             const std::set<std::string>& filed = {});

}  // namespace zeren::records
