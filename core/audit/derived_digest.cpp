#include "audit/derived_digest.hpp"

#include "audit/table_reader.hpp"
#include "base/digest.hpp"
#include "base/json.hpp"

namespace zeren::audit {
using base::Result;

Result<std::string> table_digest(store::Session& session, std::string_view table) {
  const auto columns = columns_of(session, table);
  if (!columns) return base::pass(columns);
  std::string text = "[";
  Result<void> state;
  const auto append = [&](const store::Row& row) {
    auto cells = base::Json::array();
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.push_back(store::to_json(value_of((*columns)[i], row.optional_text(i))));
    }
    while (!cells.empty() && cells.back().is_null()) cells.erase(cells.size() - 1);
    const auto canonical = base::canonical(cells);
    if (!canonical) {
      state = base::pass(canonical);
      return;
    }
    text.append(text.size() == 1 ? "" : ",").append(*canonical);
  };
  if (auto read = each_row(session, store::table(table), *columns, append); !read) {
    return base::pass(std::move(read));
  }
  if (!state) return base::pass(std::move(state));
  return base::to_base64(base::sha256(text.append("]")));
}

}  // namespace zeren::audit
