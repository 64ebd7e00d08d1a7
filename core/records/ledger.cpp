#include "records/ledger.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "records/obligation_rows.hpp"

namespace zeren::records {
namespace {

using base::Result;
using store::Row;
using store::Value;

std::vector<Value> words_as_values(const std::vector<std::string>& words) {
  return {words.begin(), words.end()};
}

template <class Id>
std::vector<Value> ids_of(const std::vector<Id>& ids) {
  std::vector<Value> values;
  values.reserve(ids.size());
  for (const auto& id : ids) values.emplace_back(id.value);
  return values;
}

void standing_on(const std::string& table, const base::Date& day, store::Statement& statement) {
  const auto today = base::to_string(day);
  statement.text(table + ".known_to IS NULL AND " + table + ".valid_from <= ").value(today);
  statement.text(" AND " + table + ".valid_to > ").value(today);
}

// The units of the window, as something to stand after IN. Walked in the database: a province has too many units
// to name them all.
void units_of(const Visibility& visibility, const Visibility::Window& window,
              store::Statement& statement) {
  if (window.below.empty()) {
    statement.list(ids_of(window.units));
    return;
  }
  statement.text("(WITH RECURSIVE below (id) AS (SELECT DISTINCT s.id FROM unit s WHERE s.id IN ")
      .list(ids_of(window.units))
      .text(" UNION SELECT e.from_unit FROM below b JOIN relation e ON e.to_unit = b.id AND e.kind = ")
      .value(window.below)
      .text(" AND ");
  standing_on("e", visibility.today, statement);
  for (const auto* end : {"from_unit", "to_unit"}) {
    const auto unit = std::string(end) + "_";
    statement.text(" JOIN unit ").text(unit).text(" ON ").text(unit).text(".id = e.").text(end).text(" AND ");
    standing_on(unit, visibility.today, statement);
  }
  statement.text(") SELECT id FROM below)");
}

void restrict_to(Side side, const Visibility& visibility, const Visibility::Window& window,
                 store::Statement& statement) {
  if (side == Side::Owner) {
    statement.text(" OR r.unit IN ");
    units_of(visibility, window, statement);
    return;
  }
  statement.text(
      " OR EXISTS (SELECT 1 FROM dispatch d JOIN leg l ON l.dispatch = d.id"
      " WHERE d.record = r.id AND d.state <> 'recalled'"
      " AND l.state NOT IN ('held', 'withheld') AND l.recipient IN ");
  units_of(visibility, window, statement);
  statement.text(")");
}

void have_task(const Visibility& visibility, store::Statement& statement) {
  statement
      .text("EXISTS (SELECT 1 FROM task t WHERE t.record = r.id AND t.state <> 'withdrawn'"
            " AND t.post IN ")
      .list(ids_of(visibility.posts))
      .text(")");
}

void restrict_to(const Visibility& visibility, const Visibility::Window& window,
                 store::Statement& statement) {
  statement.text("(r.module = ").value(window.module);
  statement.text(" AND r.type = ").value(window.type);
  statement.text(" AND COALESCE(r.sensitivity, ").value(std::string(rules::name_of(window.of_type)));
  statement.text(") IN ").list(words_as_values(rules::names_up_to(window.clearance)));
  if (!window.author.empty()) statement.text(" AND r.created_by = ").value(window.author);
  if (window.assigned) {
    statement.text(" AND ");
    have_task(visibility, statement);
  }
  statement.text(" AND (0 = 1");
  for (const auto side : window.sides) restrict_to(side, visibility, window, statement);
  statement.text("))");
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
  std::optional<base::Date> extended_to;
};

// The newest grant counts: whoever decides may also grant less than before.
Result<std::optional<base::Date>> extension(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::optional<base::Date>{};
  const auto date = base::parse_date(row.text(column));
  if (!date) return base::pass(date);
  return std::optional(*date);
}

Result<std::map<std::string, Fulfilment>> load_fulfilments(store::Session& session) {
  const auto rows = session.query(
      "SELECT r.obligation, r.id, r.state,"
      " (SELECT COUNT(*) FROM dispatch d WHERE d.record = r.id AND d.state = 'returned'),"
      " (SELECT CASE WHEN COUNT(*) = COUNT(l.delivered_at) THEN MAX(l.delivered_at) END"
      "  FROM dispatch d JOIN leg l ON l.dispatch = d.id AND l.state <> 'withheld'"
      "  WHERE d.record = r.id AND d.round ="
      "  (SELECT MIN(s.round) FROM dispatch s WHERE s.record = r.id AND s.state <> 'recalled')),"
      " (SELECT COALESCE(t.granted, t.due) FROM task t WHERE t.record = r.id AND t.kind = 'more_time' AND t.state = 'done'"
      "  ORDER BY t.answered_at DESC, t.id DESC LIMIT 1)"
      " FROM record r WHERE r.obligation IS NOT NULL");
  if (!rows) return base::pass(rows);
  std::map<std::string, Fulfilment> fulfilments;
  for (const auto& row : *rows) {
    const auto delivered = row.optional_integer(4);
    const auto extended = extension(row, 5);
    if (!extended) return base::pass(extended);
    fulfilments.emplace(row.text(0),
                        Fulfilment{row.text(1), row.text(2), row.integer(3),
                                   delivered ? std::optional(base::from_millis(*delivered))
                                             : std::nullopt,
                                   *extended});
  }
  return fulfilments;
}

}  // namespace

Visibility own_side(Visibility visibility, const std::vector<std::string>& groups) {
  std::vector<Visibility::Window> windows;
  for (auto& window : visibility.windows) {
    const bool owns = std::ranges::find(window.sides, Side::Owner) != window.sides.end();
    const bool all = std::ranges::all_of(groups, [&](const auto& group) { return window.groups.contains(group); });
    if (!owns || !all) continue;
    window.sides = {Side::Owner};
    windows.push_back(std::move(window));
  }
  visibility.windows = std::move(windows);
  visibility.by_task = false;
  if (!groups.empty()) visibility.appointments.clear();
  return visibility;
}

void restrict_to(const Visibility& visibility, store::Statement& statement) {
  statement.text("NOT EXISTS (SELECT 1 FROM recusal x WHERE x.record = r.id AND x.person = ")
      .value(visibility.person.value)
      .text(") AND (0 = 1");
  for (const auto& window : visibility.windows) {
    if (window.units.empty() || (window.assigned && visibility.posts.empty())) continue;
    statement.text(" OR ");
    restrict_to(visibility, window, statement);
  }
  if (visibility.by_task && !visibility.posts.empty()) {
    statement.text(" OR ");
    have_task(visibility, statement);
  }
  if (!visibility.appointments.empty()) {
    std::vector<Value> ended;
    ended.reserve(visibility.appointments.size());
    for (const auto& held : visibility.appointments) ended.emplace_back(held.value);
    statement.text(" OR r.obligation IN (SELECT o.id FROM obligation o WHERE o.appointment IN ")
        .list(ended)
        .text(")");
  }
  statement.text(")");
}

Result<void> check_not_recused(store::Session& session, const org::PersonId& person,
                               const std::string& record) {
  const auto row = session.first("SELECT 1 FROM recusal WHERE record = :1 AND person = :2",
                                 std::vector<Value>{record, person.value});
  if (!row) return base::pass(row);
  if (*row) return base::fail(base::Code::RecordRecused);
  return {};
}

Result<std::set<std::string>> recused_records(store::Session& session,
                                              const org::PersonId& person) {
  const auto rows = session.query("SELECT record FROM recusal WHERE person = :1",
                                  std::vector<Value>{person.value});
  if (!rows) return base::pass(rows);
  std::set<std::string> records;
  for (const auto& row : *rows) records.insert(row.text(0));
  return records;
}

Result<bool> is_visible(store::Session& session, const Visibility& visibility,
                        const std::string& record) {
  store::Statement statement("SELECT 1 FROM record r WHERE r.id = ");
  statement.value(record).text(" AND ");
  restrict_to(visibility, statement);
  const auto row = statement.first(session);
  if (!row) return base::pass(row);
  return row->has_value();
}

Result<RecordLine> line_in(const Row& row) {
  const auto content = base::parse_json(row.text(9));
  if (!content) return base::pass(content);
  return RecordLine{row.text(0), row.integer(1), row.text(2), row.text(3), {row.text(4)}, row.text(5),
                    row.text(6), title_of(*content), row.text(7), sensitivity_in(row, 8)};
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
                         known.first_delivered, known.extended_to});
  }
  std::stable_sort(standings.begin(), standings.end(), [](const auto& a, const auto& b) {
    return a.obligation.due < b.obligation.due;
  });
  return standings;
}

}  // namespace zeren::records
