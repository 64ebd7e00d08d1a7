// What one act leaves in the log: the leaf, and beside it the salted values that the leaf only
// commits to. Makes entries and nothing more; log.hpp stores them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "store/change_set.hpp"

namespace zeren::audit {

/// A value behind a commitment. `salt` is 128 random bits in base64url, `value` canonical JSON.
struct Committed {
  std::string name;
  std::string salt;
  std::string value;
};

/// An entry that has no place in the log yet. `leaf` is canonical JSON, exactly the bytes to be
/// hashed:
///   {"act","c":{name: commitment},"id","obj":[{"i","t","ver"}],"org","out","plg":{"h","i","v"},
///    "req","rule":{"i","v"},"sub","t","v":1}
/// with the members left out of which the act says nothing.
struct Draft {
  std::string id;
  std::string leaf;
  std::vector<Committed> values;
};

/// The commitment under which the rows of a change are found; no act may use the name for itself.
inline constexpr std::string_view kRowsName = "rows";

/// Leaves are length-prefixed with 16 bits when exported.
inline constexpr std::size_t kMaxLeaf = 65'535;

/// The entry of `act`. `rows` (store::committed_rows()) joins the committed values as "rows" unless
/// it is empty. Fails with JsonNumberRange or TextNotUtf8 when a value has no canonical form, and
/// RequestTooLarge when the act names so many objects that its leaf would exceed kMaxLeaf. Any
/// thread.
base::Result<Draft> make_entry(const store::Act& act, const base::Json& rows, std::string id,
                               base::Instant at, base::Entropy& entropy);

/// base64url(SHA-256(canonical([salt, name, value]))), `canonical_value` being canonical JSON
/// already. Fails with TextNotUtf8 on a bad salt or name. Any thread.
base::Result<std::string> commitment(std::string_view salt, std::string_view name,
                                     std::string_view canonical_value);

}  // namespace zeren::audit
