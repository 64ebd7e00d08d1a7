// Which rows of a ledger or an indicator are meant: the part of JsonLogic that
// config/schema/module.schema.json lists, asked of one row at a time. What may be seen at all is
// not decided here but by the queries that make the rows.
#pragma once

#include "base/json.hpp"

namespace zeren::records {

/// Whether `row` is as `filter` says, which the manifest's schema has checked; an empty object
/// means every row. A variable is a member of `row`, or, as `content.code`, of its member
/// `content`. Two values compare when both are texts, both whole numbers or both booleans;
/// otherwise only `!=` holds. Any thread.
bool is_meant(const base::Json& filter, const base::Json& row);

/// The variable's value in `row`; null where there is none.
const base::Json& value_of_variable(const base::Json& row, std::string_view name);

}  // namespace zeren::records
