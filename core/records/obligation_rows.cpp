#include "records/obligation_rows.hpp"

#include <map>

#include "base/digest.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::Columns;
using store::RowWrite;

constexpr std::string_view kSelect =
    "SELECT id, module, rule, rule_version, record_type, owner, counterpart, period, occurrence,"
    " due, recipients, state, post, appointment, origin, moved_on, moved_by FROM obligation";

Json to_json(const std::vector<Recipients>& recipients) {
  auto list = Json::array();
  for (const auto& recipient : recipients) {
    auto units = Json::array();
    for (const auto& unit : recipient.units) units.push_back(unit.value);
    Json item{{"key", recipient.key}, {"units", std::move(units)}};
    if (recipient.channel != "system") item["channel"] = recipient.channel;
    if (!recipient.profile.empty()) item["profile"] = recipient.profile;
    if (recipient.held) item["held"] = true;
    list.push_back(std::move(item));
  }
  return list;
}

Result<std::vector<Recipients>> recipients_from(const std::string& text) {
  const auto json = base::parse_json(text);
  if (!json) return base::pass(json);
  std::vector<Recipients> recipients;
  for (const auto& item : *json) {
    Recipients to{item.at("key").get<std::string>(), {}, item.value("channel", "system"),
                  item.value("profile", ""), item.value("held", false)};
    for (const auto& unit : item.at("units")) to.units.push_back({unit.get<std::string>()});
    recipients.push_back(std::move(to));
  }
  return recipients;
}

store::Value optional(const std::string& text) {
  return text.empty() ? store::Value() : store::Value(text);
}

// In the order of the table's columns: the digest depends on it.
Columns values_of(const Obligation& o) {
  const auto moved = o.moved.value_or(Provenance{});
  return {{"module", o.module},
          {"rule", o.rule},
          {"rule_version", o.rule_version},
          {"record_type", o.record_type},
          {"owner", o.owner.value},
          {"counterpart", o.counterpart.value},
          {"period", o.period},
          {"occurrence", o.occurrence},
          {"due", base::to_string(o.due)},
          {"recipients", to_json(o.recipients).dump()},
          {"state", o.superseded ? "superseded" : "open"},
          {"post", optional(o.post.value)},
          {"appointment", optional(o.appointment.value)},
          {"origin", optional(moved.origin.value)},
          {"moved_on", o.moved ? store::Value(base::to_string(moved.on)) : store::Value()},
          {"moved_by", o.moved ? store::Value(moved.how) : store::Value()}};
}

Result<std::optional<Provenance>> provenance_from(const store::Row& row) {
  if (row.is_null(14)) return std::optional<Provenance>{};
  const auto on = base::parse_date(row.text(15));
  if (!on) return base::pass(on);
  return std::optional(Provenance{{row.text(14)}, *on, row.text(16)});
}

Result<Obligation> to_obligation(const store::Row& row) {
  const auto due = base::parse_date(row.text(9));
  if (!due) return base::pass(due);
  auto recipients = recipients_from(row.text(10));
  if (!recipients) return base::pass(std::move(recipients));
  auto moved = provenance_from(row);
  if (!moved) return base::pass(std::move(moved));
  return Obligation{row.text(0),
                    row.text(1),
                    row.text(2),
                    row.integer(3),
                    row.text(4),
                    {row.text(5)},
                    {row.text(6)},
                    row.text(7),
                    row.integer(8),
                    *due,
                    std::move(*recipients),
                    row.text(11) == "superseded",
                    {row.text(12)},
                    {row.text(13)},
                    std::move(*moved)};
}

Json row_json(const Obligation& o) {
  auto row = Json::array({o.id});
  for (const auto& [name, value] : values_of(o)) row.push_back(store::to_json(value));
  while (row.back().is_null()) row.erase(row.size() - 1);
  return row;
}

// Those the rules ask for no longer, among those they were asked about.
bool lapsed(const Obligation& o, const base::Period& window,
            const std::map<std::string, Obligation>& derived) {
  return window.contains(o.due) && !o.superseded && !derived.contains(o.id);
}

}  // namespace

Result<std::vector<Obligation>> load_obligations(store::Session& session) {
  const auto rows = session.query(std::string(kSelect) + " ORDER BY id");
  if (!rows) return base::pass(rows);
  std::vector<Obligation> obligations;
  for (const auto& row : *rows) {
    auto obligation = to_obligation(row);
    if (!obligation) return base::pass(std::move(obligation));
    obligations.push_back(std::move(*obligation));
  }
  return obligations;
}

Result<Obligation> load_obligation(store::Session& session, const std::string& id) {
  const auto row =
      session.first(std::string(kSelect) + " WHERE id = :1", std::vector<store::Value>{id});
  if (!row) return base::pass(row);
  if (!*row) return base::fail(Code::ObligationUnknown, {{"obligation", id}});
  return to_obligation(**row);
}

Result<DerivationPlan> plan_derivation(const std::vector<Obligation>& standing,
                                       const std::vector<Obligation>& derived,
                                       const base::Period& window,
                                       const std::set<std::string>& filed) {
  DerivationPlan plan;
  std::map<std::string, Obligation> wanted;
  for (const auto& obligation : derived) wanted.emplace(obligation.id, obligation);
  std::map<std::string, Obligation> table;
  for (const auto& old : standing) {
    auto now = old;
    if (const auto fresh = wanted.find(old.id); fresh != wanted.end()) now = fresh->second;
    const bool judged = filed.contains(old.id);
    if (judged) {
      now.due = old.due;
      now.rule_version = old.rule_version;
    }
    const bool lapses = !judged && lapsed(old, window, wanted);
    now.superseded = now.superseded || lapses;
    if (now != old) {
      plan.rows.push_back({RowWrite::Kind::Update, "obligation", {{"id", old.id}}, values_of(now)});
      ++(lapses ? plan.superseded : plan.moved);
    }
    wanted.erase(old.id);
    table.insert_or_assign(old.id, std::move(now));
  }
  for (const auto& [id, fresh] : wanted) {
    if (!window.contains(fresh.due)) continue;
    table.emplace(id, fresh);
    plan.rows.push_back({RowWrite::Kind::Insert, "obligation", {{"id", id}}, values_of(fresh)});
    ++plan.added;
  }
  auto rows = Json::array();
  for (const auto& [id, obligation] : table) rows.push_back(row_json(obligation));
  const auto text = base::canonical(rows);
  if (!text) return base::pass(text);
  plan.digest = base::to_base64(base::sha256(*text));
  return plan;
}

Result<std::set<std::string>> filed_obligations(store::Session& session) {
  const auto rows = session.query(
      "SELECT DISTINCT r.obligation FROM record r JOIN dispatch d ON d.record = r.id"
      " WHERE r.obligation IS NOT NULL AND d.state <> 'recalled'");
  if (!rows) return base::pass(rows);
  std::set<std::string> filed;
  for (const auto& row : *rows) filed.insert(row.text(0));
  return filed;
}

}  // namespace zeren::records
