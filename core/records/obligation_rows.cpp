#include "records/obligation_rows.hpp"

#include <utility>


namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::Columns;
using store::RowWrite;

constexpr std::string_view kSelect =
    "SELECT id, module, rule, rule_version, record_type, owner, counterpart, period, occurrence,"
    " due, recipients, state, post, appointment, origin, moved_on, moved_by, source FROM obligation";

Json to_json(const std::vector<Recipients>& recipients) {
  auto list = Json::array();
  for (const auto& recipient : recipients) {
    auto units = Json::array();
    for (const auto& unit : recipient.units) units.push_back(unit.value);
    Json item{{"key", recipient.key}, {"units", std::move(units)}};
    if (recipient.channel != "system") item["channel"] = recipient.channel;
    if (!recipient.profile.empty()) item["profile"] = recipient.profile;
    if (recipient.held) item["held"] = true;
    if (!recipient.field.empty()) item["field"] = recipient.field;
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
                  item.value("profile", ""), item.value("held", false), item.value("field", "")};
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
          {"moved_by", o.moved ? store::Value(moved.how) : store::Value()},
          {"source", optional(o.source)}};
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
                    std::move(*moved),
                    row.text(17)};
}

// `<column> >= :1 AND <column> < :2`, without the second when `to` is empty.
std::string within(const std::string& column, const std::string& to) {
  return column + " >= :1" + (to.empty() ? "" : " AND " + column + " < :2");
}

std::vector<store::Value> bounds(const std::string& from, const std::string& to) {
  std::vector<store::Value> values{from};
  if (!to.empty()) values.emplace_back(to);
  return values;
}

}  // namespace

Result<std::vector<Obligation>> load_obligations(store::Session& session) {
  return load_obligations(session, "", "");
}

Result<std::vector<Obligation>> load_obligations(store::Session& session, const std::string& from,
                                                 const std::string& to) {
  std::vector<Obligation> obligations;
  const auto read = session.each(std::string(kSelect) + " WHERE " + within("id", to) + " ORDER BY id",
                                 bounds(from, to), [&](const store::Row& row) -> Result<void> {
                                   auto obligation = to_obligation(row);
                                   if (!obligation) return base::pass(std::move(obligation));
                                   obligations.push_back(std::move(*obligation));
                                   return {};
                                 });
  if (!read) return base::pass(read);
  return obligations;
}

Result<std::vector<Obligation>> load_source_obligations(store::Session& session) {
  const auto rows = session.query(std::string(kSelect) + " WHERE source IS NOT NULL ORDER BY id");
  if (!rows) return base::pass(rows);
  std::vector<Obligation> obligations;
  for (const auto& row : *rows) {
    auto obligation = to_obligation(row);
    if (!obligation) return base::pass(std::move(obligation));
    obligations.push_back(std::move(*obligation));
  }
  return obligations;
}

Result<void> each_obligation(store::Session& session, const std::function<Result<void>(Obligation)>& take) {
  constexpr std::string_view kRecipients = " recipients,";
  std::string select(kSelect);
  select.replace(select.find(kRecipients), kRecipients.size(), " '[]',");
  return session.each(select, {}, [&](const store::Row& row) -> Result<void> {
    auto obligation = to_obligation(row);
    if (!obligation) return base::pass(std::move(obligation));
    return take(std::move(*obligation));
  });
}

Result<Obligation> load_obligation(store::Session& session, const std::string& id) {
  const auto row =
      session.first(std::string(kSelect) + " WHERE id = :1", std::vector<store::Value>{id});
  if (!row) return base::pass(row);
  if (!*row) return base::fail(Code::ObligationUnknown, {{"obligation", id}});
  return to_obligation(**row);
}

std::vector<std::string> obligation_columns() {
  std::vector<std::string> names{"id"};
  for (auto& [name, value] : values_of({})) names.push_back(std::move(name));
  return names;
}

std::vector<store::Value> obligation_values(const Obligation& obligation) {
  std::vector<store::Value> values{obligation.id};
  for (auto& [name, value] : values_of(obligation)) values.push_back(std::move(value));
  return values;
}

RowWrite row_for(const Obligation& obligation, bool stands) {
  return {stands ? RowWrite::Kind::Update : RowWrite::Kind::Insert, "obligation", {{"id", obligation.id}},
          values_of(obligation)};
}

}  // namespace zeren::records
