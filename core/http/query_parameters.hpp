// Which parameters the query of each request may have. One that nobody would read is refused: a misspelt filter would
// otherwise answer with everything.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "http/message.hpp"

namespace zeren::http {

/// The parameters of `request`, a method and a route as declared: `GET /api/v1/records`. `field.*` stands for any name
/// that begins so. docs/api/openapi.yaml says the same; a test compares the two.
const std::set<std::string>& parameters_of(std::string_view request);

/// Fails with RequestMalformed, which names the parameter and those that there are.
base::Result<void> check_parameters(std::string_view request, const Target& target);

}  // namespace zeren::http
