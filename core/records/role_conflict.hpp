// Roles that one person must not hold both of on one record, as its type declares them.
#pragma once

#include <string>

#include "base/error.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"

namespace zeren::records {

/// Whether `account` may act as `role`, after all that was done on the record. Fails with RolesIncompatible,
/// which names both roles by their titles. Any thread.
base::Result<void> check_roles(const RecordType& type, const Record& record,
                               const std::string& account, const std::string& role);

}  // namespace zeren::records
