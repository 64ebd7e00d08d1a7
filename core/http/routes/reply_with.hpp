// The plain answers: what a command or a query says, with status 200 or as a versioned record.
#pragma once

#include "base/error.hpp"
#include "base/json.hpp"
#include "http/router.hpp"

namespace zeren::http {

base::Result<Reply> reply_with(base::Result<base::Json> body);

/// The same with the entity tag of a record, which is its `version`.
base::Result<Reply> versioned(base::Result<base::Json> body, int status = 200);

}  // namespace zeren::http
