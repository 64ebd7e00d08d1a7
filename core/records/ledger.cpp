#include "records/ledger.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "records/obligation_rows.hpp"

namespace zeren::records {
namespace {

using base::Result;
using store::Row;
using store::Value;

// Values are bound in the order in which their placeholders appear.
std::string bound(Value value, std::vector<Value>& params) {
  params.push_back(std::move(value));
  return ":" + std::to_string(params.size());
}

std::string placeholders(const std::vector<org::UnitId>& units, std::vector<Value>& params) {
  std::string list;
  for (const auto& unit : units) list += (list.empty() ? "" : ", ") + bound(unit.value, params);
  return list;
}

std::string side_condition(Side side, const std::string& units) {
  if (side == Side::Owner) return " OR r.unit IN (" + units + ")";
  return " OR EXISTS (SELECT 1 FROM dispatch d JOIN leg l ON l.dispatch = d.id"
         " WHERE d.record = r.id AND l.recipient IN (" + units + "))";
}

std::string title_of(const base::Json& content) {
  const auto title = content.find("title");
  return title != content.end() && title->is_string() ? title->get<std::string>() : std::string();
}

struct Fulfilment {
  std::string record;
  std::string state;
  std::int64_t returned = 0;
  std::optional<base::Instant> first_delivered;
};

Result<std::map<std::string, Fulfilment>> load_fulfilments(store::Session& session) {
  const auto rows = session.query(
      "SELECT r.obligation, r.id, r.state,"
      " (SELECT COUNT(*) FROM dispatch d WHERE d.record = r.id AND d.state = 'returned'),"
      " (SELECT CASE WHEN COUNT(*) = COUNT(l.delivered_at) THEN MAX(l.delivered_at) END"
      "  FROM dispatch d JOIN leg l ON l.dispatch = d.id WHERE d.record = r.id AND d.round = 1)"
      " FROM record r WHERE r.obligation IS NOT NULL");
  if (!rows) return base::pass(rows);
  std::map<std::string, Fulfilment> fulfilments;
  for (const auto& row : *rows) {
    const auto delivered = row.optional_integer(4);
    fulfilments.emplace(row.text(0),
                        Fulfilment{row.text(1), row.text(2), row.integer(3),
                                   delivered ? std::optional(base::from_millis(*delivered))
                                             : std::nullopt});
  }
  return fulfilments;
}

}  // namespace

std::string condition_for(const Visibility& visibility, std::vector<Value>& params) {
  std::string condition = "0 = 1";
  for (const auto& window : visibility.windows) {
    if (window.units.empty()) continue;
    condition += " OR (r.module = " + bound(window.module, params) +
                 " AND r.type = " + bound(window.type, params) + " AND (0 = 1";
    for (const auto side : window.sides) {
      condition += side_condition(side, placeholders(window.units, params));
    }
    condition += "))";
  }
  return "(" + condition + ")";
}

Result<bool> is_visible(store::Session& session, const Visibility& visibility,
                        const std::string& record) {
  std::vector<Value> params;
  const auto sql = "SELECT 1 FROM record r WHERE r.id = " + bound(record, params) + " AND " +
                   condition_for(visibility, params);
  const auto row = session.first(sql, params);
  if (!row) return base::pass(row);
  return row->has_value();
}

Result<std::vector<RecordLine>> list_records(store::Session& session, const Visibility& visibility,
                                             const std::string& before, std::int64_t limit) {
  std::vector<Value> params;
  std::string sql =
      "SELECT r.id, r.version, r.module, r.type, r.unit, r.period, r.state, c.content FROM record r"
      " JOIN record_content c ON c.record = r.id AND c.content_version = r.content_version WHERE " +
      condition_for(visibility, params);
  if (!before.empty()) sql += " AND r.id < " + bound(before, params);
  sql += " ORDER BY r.id DESC LIMIT " + bound(limit, params);
  const auto rows = session.query(sql, params);
  if (!rows) return base::pass(rows);
  std::vector<RecordLine> lines;
  for (const auto& row : *rows) {
    const auto content = base::parse_json(row.text(7));
    if (!content) return base::pass(content);
    lines.push_back({row.text(0), row.integer(1), row.text(2), row.text(3), {row.text(4)},
                     row.text(5), row.text(6), title_of(*content)});
  }
  return lines;
}

Result<std::vector<Standing>> load_standings(store::Session& session) {
  auto obligations = load_obligations(session);
  if (!obligations) return base::pass(std::move(obligations));
  auto fulfilments = load_fulfilments(session);
  if (!fulfilments) return base::pass(std::move(fulfilments));
  std::vector<Standing> standings;
  for (auto& obligation : *obligations) {
    if (obligation.superseded) continue;
    auto& known = (*fulfilments)[obligation.id];
    standings.push_back({std::move(obligation), known.record, known.state, known.returned,
                         known.first_delivered});
  }
  std::stable_sort(standings.begin(), standings.end(), [](const auto& a, const auto& b) {
    return a.obligation.due < b.obligation.due;
  });
  return standings;
}

}  // namespace zeren::records
