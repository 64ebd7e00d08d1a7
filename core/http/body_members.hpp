// Which members the body of each request may have. What nobody would read is refused: a misspelt member would otherwise
// pass for one that was left out.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::http {

/// The members of the body of `request`, a method and a route as declared: `POST /api/v1/records/*/comments`. Null for
/// a request whose body nobody reads. docs/api/openapi.yaml says the same; a test compares the two.
const std::set<std::string>* members_of(std::string_view request);

/// Names in a row, as a refusal lists them.
struct Listed {
  std::string english;
  std::string chinese;
};
Listed listed(const std::set<std::string>& names);

/// Fails with RequestMalformed, which names the member and those that there are; also for a body that is no object.
/// None at all is an empty one.
base::Result<void> check_members(std::string_view request, const base::Json& body);

}  // namespace zeren::http
