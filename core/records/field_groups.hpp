// Fields that not everybody who reads a record may see: a type's schema puts them into groups, roles and grants give
// the groups.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "records/record_type.hpp"

namespace zeren::records {

using Groups = std::set<std::string>;

/// Takes the fields out of `content` that lie in none of `groups`. Answers their names, whether they were filled in
/// or not, so that what is missing tells nothing. Any thread, as all of this file.
std::vector<std::string> leave_out(const RecordType& type, const Groups& groups, base::Json& content);

/// `given` as the new content of a record that says `before`: the fields that its writer does not see stay as they
/// are. Fails with Forbidden when it fills one of them in.
base::Result<base::Json> keep_unseen(const RecordType& type, const Groups& groups,
                                     const base::Json& given, const base::Json& before);

}  // namespace zeren::records
