// Reading contents of an older version of a type's fields as contents of today's (ADR 11): what a manifest
// declares from each version to the next, carried out on the content, never on what is stored.
#pragma once

#include <cstdint>
#include <map>

#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::records {

/// By the version they lead on from: a list of operations, JSON Patch (RFC 6902) over top-level fields, and `map`.
using UpCasts = std::map<std::int64_t, base::Json>;

/// `content`, of version `from`, as one of version `to`. A version without operations changes nothing. An
/// operation on a field that is not there is passed over, and `add` leaves alone what is there. Any thread.
base::Json up_cast(const UpCasts& casts, base::Json content, std::int64_t from, std::int64_t to);

/// What of a field schema decides which contents are valid: without titles, descriptions and the like.
base::Json shape_of(const base::Json& schema);

/// Whether a module may replace `before`, a manifest's record type, by `after`: the shape of its fields is the
/// same or its version is higher, and every version from `oldest` on, of which contents are stored, has its
/// operations, and so has the one before. Fails with
/// ManifestSchema, which names `type` and what is missing.
base::Result<void> check_replaces(const std::string& type, const base::Json& before, const base::Json& after,
                                  std::int64_t oldest);

}  // namespace zeren::records
