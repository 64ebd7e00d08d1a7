// The plain answer: what a command or a query says, with status 200.
#pragma once

#include "base/error.hpp"
#include "base/json.hpp"
#include "http/router.hpp"

namespace zeren::http {

base::Result<Reply> reply_with(base::Result<base::Json> body);

}  // namespace zeren::http
