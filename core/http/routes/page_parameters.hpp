// Reading parameters of a request's query.
#pragma once

#include <string_view>

#include "app/page.hpp"
#include "base/error.hpp"
#include "http/message.hpp"

namespace zeren::http {

/// `limit` (50 unless given) and `cursor`. Fails with RequestMalformed for a limit that is not 1 to 200.
base::Result<app::Page> page_of(const Target& target);

/// The parameter `name`, true or false; false when absent. Fails with RequestMalformed.
base::Result<bool> yes_or_no(const Target& target, std::string_view name);

}  // namespace zeren::http
