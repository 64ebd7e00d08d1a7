// The one JSON type of the host, and its canonical form.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace zeren::base {

using Json = nlohmann::json;

/// Parses bytes from outside: strict RFC 8259 JSON, at most `kMaxJsonDepth` levels deep, duplicate keys
/// refused. Fails with JsonSyntax, JsonDuplicateKey or JsonTooDeep, where.line and where.column set.
/// Any thread.
Result<Json> parse_json(std::string_view text, std::string_view file = {});

/// Deeper documents are refused before they can exhaust the stack.
inline constexpr int kMaxJsonDepth = 64;

/// RFC 8785 canonical form, restricted to what every reader of a log agrees on: strings in UTF-8,
/// booleans, integers within ±(2^53−1), null, arrays, objects. Keys sort by UTF-16 code units.
/// Fails with JsonNumberRange on any other number and TextNotUtf8 on a bad string. Any thread.
Result<std::string> canonical(const Json& value);

}  // namespace zeren::base
