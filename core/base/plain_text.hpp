// What people write is what people see: no controls, and no marks that show a text as another.
#pragma once

#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::base {

/// Looks at every text and every name in `body`. Fails with TextHidden, which names the place (`content/title`) and
/// the character; line feed and tab are allowed. Any thread.
Result<void> check_plain_text(const Json& body);

}  // namespace zeren::base
