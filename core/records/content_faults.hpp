// What is wrong with the fields of a record, in words for whoever fills them in. Whether anything is wrong is decided
// by the validator (content_schema.hpp), which speaks to programmers only.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::records {

/// RecordFieldInvalid at `pointer`. A reader of Chinese is told the field's `title`, unless it has none.
base::Error field_fault(const std::string& pointer, const std::string& title, const std::string& english,
                        const std::string& chinese);

/// One error for each field that breaks a keyword of the published subset, outer fields first. Empty when `content`
/// breaks none of them.
std::vector<base::Error> content_faults(const base::Json& schema, const base::Json& content);

}  // namespace zeren::records
