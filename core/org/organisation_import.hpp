// Import of a whole organisation, or a part of it, from CSV files: all or nothing, every bad row
// named at once. Plans only: what is returned is data, and the caller commits it.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "base/civil_time.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "org/organisation.hpp"
#include "store/change_set.hpp"

namespace zeren::org {

/// File name (`units.csv`, see import_shapes()) to text. Files may be absent; what they would name
/// must be recorded already then.
using ImportTexts = std::map<std::string, std::string, std::less<>>;

/// The change that makes the organisation say what the files say. New codes are added; a row of a
/// recorded thing that says something else corrects it (the old revision stays, with its record
/// time ended); what the files do not name stays untouched. The same files again give a change
/// without rows. The answer is
/// `{"units": {"added": 1, "corrected": 0, "unchanged": 3}, …, "without_successor": ["code"]}`, the
/// last naming the units that end by this import and that nobody takes over: no fault, but what
/// they owe then falls to nobody. Account and request are the caller's to fill in. Fails with
/// OrgRowsRejected, whose causes are located by file, row and column, in that order. Any thread.
base::Result<store::ChangeSet> plan_import(const Organisation& current, const ImportTexts& texts,
                                           base::IdGenerator& ids, base::Instant now);

/// What plan_import() would answer, and of each kind also
/// `"changes": [{"row": 2, "name": "county", "change": "added"}, …]` in the order of the file,
/// without what stays as it is; a post that only follows the dates of its unit has no row. Fails
/// likewise. Any thread.
base::Result<base::Json> preview_import(const Organisation& current, const ImportTexts& texts,
                                        base::IdGenerator& ids);

}  // namespace zeren::org
