// What people write is what people see: no controls, and no marks that show a text as another.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::base {

/// Looks at every text and every name in `body`. Fails with TextHidden, which names the place (`content/title`) and
/// the character; line feed and tab are allowed. Any thread.
Result<void> check_plain_text(const Json& body);

/// What a reason, an opinion or a basis may have, in characters: it goes into the log for good.
inline constexpr std::size_t kLongestText = 4000;

/// Looks at every text in `body` but those of its member `except`, which have bounds of their own. Fails with
/// TextTooLong, which names the place and kLongestText. Any thread.
Result<void> check_lengths(const Json& body, std::string_view except);

}  // namespace zeren::base
