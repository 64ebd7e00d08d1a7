// The rows that ledgers and indicators are made of: records of one type, or obligations of some
// rules, each as far as one reader sees it.
#pragma once

#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::app {

/// As a manifest declares it; either a type or rules.
struct RowSet {
  std::string module;
  std::string record_type;
  std::vector<std::string> rules;
  base::Json filter = base::Json::object();
};

/// `{record_type | obligations, filter}` of the module's manifest, which has been checked.
RowSet row_set_of(const std::string& module, const base::Json& declared);

/// Of which unit and period; an empty text does not narrow.
struct RowScope {
  std::string unit;  ///< code
  std::string period;
};

/// Objects with what filters and columns name (records/filter.hpp); texts in two languages are
/// `{en, zh-CN}` and end in
/// `_title`. A record that the reader sees as its recipient has the content that was sent. `record`
/// is the record, or the one that fulfils the obligation; null: none. In the order of their ids.
/// Fails as ModuleSet::type() and Session::query(). Blocks.
base::Result<std::vector<base::Json>> rows_for(Snapshot& snapshot,
                                               const access::Principal& principal,
                                               const RowSet& set, const RowScope& scope);

}  // namespace zeren::app
