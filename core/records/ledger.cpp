#include "records/ledger.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "records/obligation_rows.hpp"
#include "records/reuse.hpp"

namespace zeren::records {
namespace {

using base::Result;
using store::Row;
using store::Value;

std::string title_of(const base::Json& content) {
  const auto title = content.find("title");
  return title != content.end() && title->is_string() ? title->get<std::string>() : std::string();
}

}  // namespace

Result<RecordLine> line_in(const Row& row) {
  const auto content = base::parse_json(row.text(9));
  if (!content) return base::pass(content);
  return RecordLine{row.text(0), row.integer(1), row.text(2), row.text(3), {row.text(4)}, row.text(5),
                    row.text(6), title_of(*content), row.text(7), sensitivity_in(row, 8)};
}

}  // namespace zeren::records
