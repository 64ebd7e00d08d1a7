#include "records/standing.hpp"

#include <algorithm>

#include "records/obligation_rows.hpp"
#include "records/reuse.hpp"
#include "store/statement.hpp"

namespace zeren::records {
namespace {

using base::Result;
using store::Row;
using store::Statement;
using store::Value;

struct Fulfilment {
  std::string record;
  std::string state;
  std::int64_t returned = 0;
  std::optional<base::Instant> first_delivered;
  std::optional<base::Date> extended_to;
  std::optional<base::Instant> reached;  // a state that fulfils
};
using Fulfilments = std::map<std::string, Fulfilment>;  // by obligation

/// Which obligations are meant: one; those from an id on, to another when it is given; without any, all.
struct Among {
  std::string one = {};
  std::string from = {};
  std::string to = {};
};

// As a condition on the column that holds their ids.
void restrict_ids(const std::string& column, const Among& among, Statement& statement) {
  if (!among.one.empty()) {
    statement.text(column + " = ").value(among.one);
    return;
  }
  statement.text(column + " IS NOT NULL");
  if (!among.from.empty()) statement.text(" AND " + column + " >= ").value(among.from);
  if (!among.to.empty()) statement.text(" AND " + column + " < ").value(among.to);
}

// The newest grant counts: whoever decides may also grant less than before.
Result<std::optional<base::Date>> extension(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::optional<base::Date>{};
  const auto date = base::parse_date(row.text(column));
  if (!date) return base::pass(date);
  return std::optional(*date);
}

constexpr std::string_view kFulfilment =
    ", r.id, r.state,"
    " (SELECT COUNT(*) FROM dispatch d WHERE d.record = r.id AND d.state = 'returned'),"
    " (SELECT CASE WHEN COUNT(*) = COUNT(l.delivered_at) THEN MAX(l.delivered_at) END"
    "  FROM dispatch d JOIN leg l ON l.dispatch = d.id AND l.state <> 'withheld'"
    "  WHERE d.record = r.id AND d.round ="
    "  (SELECT MIN(s.round) FROM dispatch s WHERE s.record = r.id AND s.state <> 'recalled')),"
    " (SELECT COALESCE(t.granted, t.due) FROM task t WHERE t.record = r.id AND t.kind = 'more_time' AND t.state = 'done'"
    "  ORDER BY t.answered_at DESC, t.id DESC LIMIT 1)";

Result<void> add_fulfilments(store::Session& session, const Statement& statement, Fulfilments& all) {
  const auto rows = statement.rows(session);
  if (!rows) return base::pass(rows);
  for (const auto& row : *rows) {
    const auto delivered = row.optional_integer(4);
    const auto extended = extension(row, 5);
    if (!extended) return base::pass(extended);
    all.emplace(row.text(0), Fulfilment{row.text(1), row.text(2), row.integer(3),
                                        delivered ? std::optional(base::from_millis(*delivered)) : std::nullopt,
                                        *extended, std::nullopt});
  }
  return {};
}

using Rule = FulfillingStates::value_type;

// When a record first came to a state that fulfils, by obligation: a return takes nothing away.
Result<std::vector<Row>> reached(store::Session& session, Statement statement, const std::string& id, const Rule& rule,
                                 const Among& among) {
  statement.text(" WHERE ");
  restrict_ids(id, among, statement);
  statement.text(" AND o.module = ").value(rule.first.first).text(" AND o.rule = ").value(rule.first.second);
  statement.text(" AND s.to_state IN ").list({rule.second.states.begin(), rule.second.states.end()}).text(" GROUP BY " + id);
  return statement.rows(session);
}

// By the record that was drafted for it.
Result<std::vector<Row>> reached_by_answers(store::Session& session, const Rule& rule, const Among& among) {
  const Statement statement(
      "SELECT r.obligation, MIN(s.taken_at) FROM record r JOIN obligation o ON o.id = r.obligation"
      " JOIN step_taken s ON s.record = r.id");
  return reached(session, statement, "r.obligation", rule, among);
}

// By the record that brought it about.
Result<std::vector<Row>> reached_by_sources(store::Session& session, const Rule& rule, const Among& among) {
  const Statement statement(
      "SELECT o.id, MIN(s.taken_at) FROM obligation o JOIN step_taken s ON s.record = o.source");
  return reached(session, statement, "o.id", rule, among);
}

Result<void> add_reached(const Result<std::vector<Row>>& rows, Fulfilments& all) {
  if (!rows) return base::pass(rows);
  for (const auto& row : *rows) all[row.text(0)].reached = base::from_millis(row.integer(1));
  return {};
}

Result<Fulfilments> load_fulfilments(store::Session& session, const FulfillingStates& fulfilling, const Among& among) {
  Fulfilments all;
  Statement answers("SELECT r.obligation");
  answers.text(kFulfilment).text(" FROM record r WHERE ");
  restrict_ids("r.obligation", among, answers);
  if (auto added = add_fulfilments(session, answers, all); !added) return base::pass(std::move(added));
  Statement sources("SELECT o.id");
  sources.text(kFulfilment).text(" FROM obligation o JOIN record r ON r.id = o.source WHERE o.source IS NOT NULL AND ");
  restrict_ids("o.id", among, sources);
  if (auto added = add_fulfilments(session, sources, all); !added) return base::pass(std::move(added));
  for (const auto& rule : fulfilling) {
    auto added = add_reached(reached_by_answers(session, rule, among), all);
    if (added) added = add_reached(reached_by_sources(session, rule, among), all);
    if (!added) return base::pass(std::move(added));
  }
  return all;
}

Standing standing_by(Obligation obligation, const Reused& reused) {
  const auto delivered = first_delivered(reused, obligation);
  return {std::move(obligation), reused.record, reused.state, reused.returned, delivered, std::nullopt, reused.type,
          true};
}

/// What is known of all obligations that are meant.
struct Known {
  Fulfilments fulfilments;
  std::map<std::string, Reused> reused;  ///< by obligation
};

Result<Known> load_known(store::Session& session, const FulfillingStates& fulfilling, const Among& among) {
  auto fulfilments = load_fulfilments(session, fulfilling, among);
  if (!fulfilments) return base::pass(std::move(fulfilments));
  auto reused = load_reused(session, among.one);
  if (!reused) return base::pass(std::move(reused));
  return Known{std::move(*fulfilments), std::move(*reused)};
}

Standing with_fulfilment(Obligation obligation, const Known& all, const FulfillingStates& fulfilling) {
  if (const auto other = all.reused.find(obligation.id); other != all.reused.end()) {
    return standing_by(std::move(obligation), other->second);
  }
  const auto found = all.fulfilments.find(obligation.id);
  const auto known = found == all.fulfilments.end() ? Fulfilment{} : found->second;
  const auto rule = fulfilling.find({obligation.module, obligation.rule});
  const bool by_state = rule != fulfilling.end() && !rule->second.sent;
  const auto type = known.record.empty() ? std::string() : obligation.record_type;
  return {std::move(obligation), known.record, known.state, known.returned,
          by_state ? known.reached : known.first_delivered, known.extended_to, type};
}

}  // namespace

Result<std::vector<Standing>> load_standings(store::Session& session, const FulfillingStates& fulfilling) {
  auto obligations = load_obligations(session);
  if (!obligations) return base::pass(std::move(obligations));
  const auto known = load_known(session, fulfilling, {});
  if (!known) return base::pass(known);
  std::vector<Standing> standings;
  for (auto& obligation : *obligations) {
    if (obligation.superseded) continue;
    standings.push_back(with_fulfilment(std::move(obligation), *known, fulfilling));
  }
  std::stable_sort(standings.begin(), standings.end(), [](const auto& a, const auto& b) {
    return a.obligation.due < b.obligation.due;
  });
  return standings;
}

Result<void> each_standing(store::Session& session, const FulfillingStates& fulfilling,
                           const std::function<Result<void>(const Standing&)>& take) {
  const auto known = load_known(session, fulfilling, {});
  if (!known) return base::pass(known);
  return each_obligation(session, [&](Obligation obligation) -> Result<void> {
    if (obligation.superseded) return {};
    return take(with_fulfilment(std::move(obligation), *known, fulfilling));
  });
}

Result<Standing> load_standing(store::Session& session, const FulfillingStates& fulfilling,
                               const std::string& obligation) {
  auto asked = load_obligation(session, obligation);
  if (!asked) return base::pass(std::move(asked));
  FulfillingStates its_own;
  const auto rule = fulfilling.find({asked->module, asked->rule});
  if (rule != fulfilling.end()) its_own.insert(*rule);
  const auto known = load_known(session, its_own, {obligation});
  if (!known) return base::pass(known);
  return with_fulfilment(std::move(*asked), *known, its_own);
}

Result<std::set<std::string>> filed_obligations(store::Session& session, const FulfillingStates& fulfilling) {
  return filed_obligations(session, fulfilling, "", "");
}

Result<std::set<std::string>> filed_obligations(store::Session& session, const FulfillingStates& fulfilling,
                                                const std::string& from, const std::string& to) {
  const Among among{{}, from, to};
  Statement sent(
      "SELECT DISTINCT r.obligation FROM record r JOIN dispatch d ON d.record = r.id"
      " WHERE d.state <> 'recalled' AND ");
  restrict_ids("r.obligation", among, sent);
  const auto rows = sent.rows(session);
  if (!rows) return base::pass(rows);
  std::set<std::string> filed;
  for (const auto& row : *rows) filed.insert(row.text(0));
  Statement used("SELECT u.obligation FROM reuse u WHERE u.state = 'standing' AND ");
  restrict_ids("u.obligation", among, used);
  const auto others = used.rows(session);
  if (!others) return base::pass(others);
  for (const auto& row : *others) filed.insert(row.text(0));
  for (const auto& rule : fulfilling) {
    const auto done = reached_by_answers(session, rule, among);
    if (!done) return base::pass(done);
    for (const auto& row : *done) filed.insert(row.text(0));
  }
  return filed;
}

}  // namespace zeren::records
