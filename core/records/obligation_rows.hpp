// Obligations as rows of the derived table, and back.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "records/obligation.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::records {

/// Every obligation on the table, ordered by id. Fails as Session::query(). Blocks.
base::Result<std::vector<Obligation>> load_obligations(store::Session& session);

/// One obligation, or ObligationUnknown.
base::Result<Obligation> load_obligation(store::Session& session, const std::string& id);

/// What one run changes: the rows to write, and the digest of the table once they are written
/// (audit/derived_digest.hpp computes the same from the database).
struct DerivationPlan {
  std::vector<store::RowWrite> rows;
  std::string digest;
  std::size_t added = 0;
  std::size_t moved = 0;       ///< a date, a recipient or a rule version changed
  std::size_t superseded = 0;  ///< the rules ask for it no longer; the row stays
};

/// Compares `standing` (load_obligations()) with what was `derived` for `window` and some time around it:
/// an obligation whose date moves out of the window moves, and is not lost. Outside the window nothing is
/// added or superseded. What is in `filed` has been judged: it keeps its date and its rule version, and is never
/// superseded. Any thread.
base::Result<DerivationPlan> plan_derivation(const std::vector<Obligation>& standing,
                                             const std::vector<Obligation>& derived,
                                             const base::Period& window,
                                             const std::set<std::string>& filed = {});

/// Ids of the obligations for which a record was sent, and not recalled. Fails as Session::query(). Blocks.
base::Result<std::set<std::string>> filed_obligations(store::Session& session);

}  // namespace zeren::records
