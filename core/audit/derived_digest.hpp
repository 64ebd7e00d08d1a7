// The digest of a derived table. Whoever rebuilds such a table commits to its digest in an entry;
// verify computes it again.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "store/session.hpp"

namespace zeren::audit {

/// The action of entries that rebuild the obligations, and the committed value that holds the
/// digest.
inline constexpr std::string_view kDeriveAction = "obligation.derive";
inline constexpr std::string_view kDeriveDigest = "digest";
inline constexpr std::string_view kDerivedTable = "obligation";

/// Base64 SHA-256 of the canonical JSON of all rows as they stand, in the order of the key: an
/// array of arrays of column values, integers as numbers; NULLs at the end of a row are left out, so that a
/// later migration's column changes no digest. Call it in the transaction that wrote the
/// rows. Fails as Session::query(), and with JsonNumberRange or TextNotUtf8 on a damaged cell.
base::Result<std::string> table_digest(store::Session& session, std::string_view table);

}  // namespace zeren::audit
