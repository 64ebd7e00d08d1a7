// The one predicate that says which records somebody sees.
#include <algorithm>
#include <set>
#include <utility>

#include "records/ledger.hpp"

namespace zeren::records {
namespace {

using base::Result;
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

// ` SELECT` those one step below the units of `table`.
void below_of(const std::string& table, const Visibility& visibility, const Visibility::Window& window,
              store::Statement& statement) {
  statement.text(" SELECT e.from_unit FROM " + table + " b JOIN relation e ON e.to_unit = b.id AND e.kind IN ")
      .list(words_as_values(window.below))
      .text(" AND ");
  standing_on("e", visibility.today, statement);
  for (const auto* end : {"from_unit", "to_unit"}) {
    const auto unit = std::string(end) + "_";
    statement.text(" JOIN unit ").text(unit).text(" ON ").text(unit).text(".id = e.").text(end).text(" AND ");
    standing_on(unit, visibility.today, statement);
  }
}

// The units of the window, as something to stand after IN. Walked in the database: a province has too many units
// to name them all.
void units_of(const Visibility& visibility, const Visibility::Window& window,
              store::Statement& statement) {
  if (window.below.empty()) {
    statement.list(ids_of(window.units));
    return;
  }
  statement.text("(WITH RECURSIVE below (id) AS (");
  if (window.beside) {
    below_of("unit", visibility, window, statement);
    statement.text(" WHERE b.id IN ");
  } else {
    statement.text("SELECT DISTINCT s.id FROM unit s WHERE s.id IN ");
  }
  statement.list(ids_of(window.units)).text(" UNION");
  below_of("below", visibility, window, statement);
  statement.text(") SELECT id FROM below)");
}

void on_side(const Side& side, const std::string& r, const Visibility& visibility, const Visibility::Window& window,
             store::Statement& statement) {
  if (side == Side::Owner) {
    statement.text(" OR " + r + ".unit IN ");
    units_of(visibility, window, statement);
    return;
  }
  if (side != Side::Recipient) return;
  statement.text(
      " OR EXISTS (SELECT 1 FROM dispatch d JOIN leg l ON l.dispatch = d.id"
      " WHERE d.record = " + r + ".id AND d.state <> 'recalled'"
      " AND l.state NOT IN ('held', 'withheld') AND l.recipient IN ");
  units_of(visibility, window, statement);
  statement.text(")");
}

void have_task(const std::string& r, const Visibility& visibility, store::Statement& statement) {
  statement
      .text("EXISTS (SELECT 1 FROM task t WHERE t.record = " + r + ".id AND t.state <> 'withdrawn'"
            " AND t.post IN ")
      .list(ids_of(visibility.posts))
      .text(")");
}

void through_window(const std::string& r, const Visibility& visibility, const Visibility::Window& window,
                    store::Statement& statement) {
  statement.text("(" + r + ".module = ").value(window.module);
  statement.text(" AND " + r + ".type = ").value(window.type);
  statement.text(" AND COALESCE(" + r + ".sensitivity, ").value(std::string(rules::name_of(window.of_type)));
  statement.text(") IN ").list(words_as_values(rules::names_up_to(window.clearance)));
  if (!window.author.empty()) statement.text(" AND " + r + ".created_by = ").value(window.author);
  if (window.assigned) {
    statement.text(" AND ");
    have_task(r, visibility, statement);
  }
  statement.text(" AND (0 = 1");
  for (const auto& side : window.sides) on_side(side, r, visibility, window, statement);
  statement.text("))");
}

// How sensitive a record is, as a number.
void rank_of(const std::string& r, rules::Sensitivity otherwise, store::Statement& statement) {
  statement.text("CASE COALESCE(" + r + ".sensitivity, ").value(std::string(rules::name_of(otherwise)));
  statement.text(") WHEN 'public' THEN 0 WHEN 'internal' THEN 1 ELSE 2 END");
}

// What the predicate is asked about: the records of one type, or (empty) of all.
struct Asked {
  std::string r;
  std::string module = {};
  std::string type = {};

  bool is_about(const std::string& other_module, const std::string& other_type) const {
    return type.empty() || (module == other_module && type == other_type);
  }
};

void restrict_asked(const Asked& asked, const Visibility& visibility, store::Statement& statement);

// The manifest lets no type be its own ancestor, so this ends.
// NOLINTNEXTLINE(misc-no-recursion): as deep as types have parents
void through_parent(const Asked& asked, const Visibility& visibility, const Visibility::Parent& parent,
                    store::Statement& statement) {
  const auto& r = asked.r;
  const Asked above{r + "p", parent.module, parent.parent_type};
  statement.text("(" + r + ".module = ").value(parent.module);
  statement.text(" AND " + r + ".type = ").value(parent.type);
  statement.text(" AND EXISTS (SELECT 1 FROM record_link " + r + "k JOIN record " + above.r + " ON " + above.r +
                 ".id = " + r + "k.target WHERE " + r + "k.record = " + r + ".id AND " + r +
                 "k.state = 'confirmed' AND " + r + "k.kind = ");
  statement.value(parent.kind).text(" AND " + above.r + ".module = ").value(parent.module);
  statement.text(" AND " + above.r + ".type = ").value(parent.parent_type).text(" AND ");
  rank_of(r, parent.of_type, statement);
  statement.text(" <= ");
  rank_of(above.r, parent.of_parent, statement);
  statement.text(" AND ");
  restrict_asked(above, visibility, statement);
  statement.text("))");
}

void not_recused(const std::string& r, const Visibility& visibility, store::Statement& statement) {
  statement.text("NOT EXISTS (SELECT 1 FROM recusal x WHERE x.record = " + r + ".id AND x.person = ")
      .value(visibility.person.value)
      .text(")");
}

// NOLINTNEXTLINE(misc-no-recursion): likewise
void through_parents(const Asked& asked, const Visibility& visibility, store::Statement& statement) {
  for (const auto& parent : visibility.parents) {
    if (!asked.is_about(parent.module, parent.type)) continue;
    statement.text(" OR ");
    through_parent(asked, visibility, parent, statement);
  }
}

// NOLINTNEXTLINE(misc-no-recursion): likewise
void restrict_asked(const Asked& asked, const Visibility& visibility, store::Statement& statement) {
  not_recused(asked.r, visibility, statement);
  statement.text(" AND (0 = 1");
  for (const auto& window : visibility.windows) {
    if (window.units.empty() || (window.assigned && visibility.posts.empty())) continue;
    if (!asked.is_about(window.module, window.type)) continue;
    statement.text(" OR ");
    through_window(asked.r, visibility, window, statement);
  }
  if (visibility.by_task && !visibility.posts.empty()) {
    statement.text(" OR ");
    have_task(asked.r, visibility, statement);
  }
  if (!visibility.appointments.empty()) {
    statement.text(" OR " + asked.r + ".obligation IN (SELECT o.id FROM obligation o WHERE o.appointment IN ")
        .list(ids_of(visibility.appointments))
        .text(")");
  }
  through_parents(asked, visibility, statement);
  statement.text(")");
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
  visibility.parents.clear();
  visibility.by_task = false;
  if (!groups.empty()) visibility.appointments.clear();
  return visibility;
}

void restrict_to(const Visibility& visibility, store::Statement& statement) {
  restrict_asked({"r"}, visibility, statement);
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

Result<bool> is_visible_through_parent(store::Session& session, const Visibility& visibility,
                                       const std::string& record) {
  if (visibility.parents.empty()) return false;
  store::Statement statement("SELECT 1 FROM record r WHERE r.id = ");
  statement.value(record).text(" AND ");
  not_recused("r", visibility, statement);
  statement.text(" AND (0 = 1");
  through_parents({"r"}, visibility, statement);
  statement.text(")");
  const auto row = statement.first(session);
  if (!row) return base::pass(row);
  return row->has_value();
}

}  // namespace zeren::records
