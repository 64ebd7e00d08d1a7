// A report that there is nothing to report (零报告, domain E9): it fulfils the obligation and says so explicitly,
// which a blank report does not.
#pragma once

#include <string>

#include "base/error.hpp"
#include "base/json.hpp"
#include "records/record_type.hpp"

namespace zeren::records {

/// Whether `field` is absent, null, or a text without anything in it. Any thread, as all of this file.
bool is_blank(const base::Json& content, const std::string& field);

/// Whether `content` says that there is nothing to report.
bool is_nil_report(const RecordType& type, const base::Json& content);

/// Whether `field` need not be filled in, because the content says that there is nothing to report.
bool is_settled_by_nil(const RecordType& type, const base::Json& content, const std::string& field);

/// Fails with RecordFieldInvalid for a field that says something although there is nothing to report.
base::Result<void> check_nil_report(const RecordType& type, const base::Json& content);

}  // namespace zeren::records
