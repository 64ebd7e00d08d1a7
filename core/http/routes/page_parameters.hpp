// The query parameters that every list takes.
#pragma once

#include "app/page.hpp"
#include "base/error.hpp"
#include "http/message.hpp"

namespace zeren::http {

/// `limit` (50 unless given) and `cursor`. Fails with RequestMalformed for a limit that is not 1 to 200.
base::Result<app::Page> page_of(const Target& target);

}  // namespace zeren::http
