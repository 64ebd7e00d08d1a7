// Reads whole tables in the order of their keys, a page at a time, for checks and digests that must
// see every column without knowing the table.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "store/session.hpp"
#include "store/tables.hpp"

namespace zeren::audit {

struct Column {
  std::string name;
  bool integer = false;  ///< declared INTEGER or BIGINT; a damaged database may hold anything
};

/// The columns of `table` in the order of its declaration.
base::Result<std::vector<Column>> columns_of(store::Session& session, std::string_view table);

/// Where `name` stands among `columns`; columns.size() when it does not.
std::size_t position_of(const std::vector<Column>& columns, std::string_view name);

/// The cell as the database compares it: a number when the column is declared so and the cell is
/// one.
store::Value value_of(const Column& column, const std::optional<std::string>& cell);

/// The names of the key columns of `table`, in order.
std::vector<std::string> key_of(const store::Table& table);

/// Hands every row to `each`, cells in the order of `columns`, rows in the order of the key.
base::Result<void> each_row(store::Session& session, const store::Table& table,
                            const std::vector<Column>& columns,
                            const std::function<void(const store::Row&)>& each);

}  // namespace zeren::audit
