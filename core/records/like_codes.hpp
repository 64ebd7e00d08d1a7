// Which codes somebody may have meant who wrote one that there is not.
#pragma once

#include <string>
#include <vector>

namespace zeren::records {

/// At most three of `codes`, the most like `text` first: those that it takes the fewest changes of letters to come to,
/// and no more than a third of its letters. Any thread.
std::vector<std::string> codes_like(const std::string& text, const std::vector<std::string>& codes);

}  // namespace zeren::records
