// The fields by which lists can be narrowed and ordered, in a typed side table: derived from the newest content of
// each record, written with it, and rebuilt when a module declares other fields.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::records {

struct RecordType;

/// Booleans stand as 0 and 1.
enum class IndexedAs : std::uint8_t { Words, Number };

struct IndexedField {
  std::string name;
  IndexedAs as = IndexedAs::Words;
};

/// Those that a field schema marks with `"index": true`, by name.
std::vector<IndexedField> indexed_fields(const base::Json& schema);

/// The rows that say what of `content` is indexed, in place of what stood.
std::vector<store::RowWrite> index_rows(const std::vector<IndexedField>& fields, const std::string& record,
                                        const base::Json& content);

/// The rows of all records of `type` anew, from their contents read as of its version. Fails as
/// Session::query(), and as parse_json() on damaged content. Blocks.
base::Result<std::vector<store::RowWrite>> plan_reindex(store::Session& session, const RecordType& type);

}  // namespace zeren::records
