// Obligations as rows of the derived table, and back.
#pragma once

#include <functional>
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

/// Those whose ids are in [from, to); an empty `to` is the end.
base::Result<std::vector<Obligation>> load_obligations(store::Session& session, const std::string& from,
                                                       const std::string& to);

/// Those that a record brought about (source_obligations.hpp), ordered by id. Fails and blocks likewise.
base::Result<std::vector<Obligation>> load_source_obligations(store::Session& session);

/// Every obligation, one by one in no order, without recipients. Fails as `take`, which ends it, too.
base::Result<void> each_obligation(store::Session& session,
                                   const std::function<base::Result<void>(Obligation)>& take);

/// One obligation, or ObligationUnknown.
base::Result<Obligation> load_obligation(store::Session& session, const std::string& id);

/// The names of the table's columns, the key first, and an obligation's values in their order.
std::vector<std::string> obligation_columns();
std::vector<store::Value> obligation_values(const Obligation& obligation);
/// The row as it is to be written: a new one, or in place of the one that `stands`. Any thread.
store::RowWrite row_for(const Obligation& obligation, bool stands);

}  // namespace zeren::records
