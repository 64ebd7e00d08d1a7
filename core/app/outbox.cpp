#include "app/outbox.hpp"

#include <algorithm>
#include <array>

#include "app/officials.hpp"
#include "app/reach.hpp"
#include "records/ledger.hpp"
#include "store/statement.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;
using store::Audience;
using store::Value;

constexpr std::string_view kSelectEvents =
    "SELECT seq, id, type, subject, at, data, audience, hops FROM outbox WHERE seq ";

Result<std::vector<OutboxEvent>> to_events(const Result<store::Rows>& rows) {
  if (!rows) return base::pass(rows);
  std::vector<OutboxEvent> events;
  for (const auto& row : *rows) {
    auto data = base::parse_json(row.text(5));
    if (!data) return base::pass(std::move(data));
    events.push_back({row.integer(0), row.text(1), row.text(2), row.text(3),
                      base::from_millis(row.integer(4)), std::move(*data),
                      store::audience_named(row.text(6)), row.integer(7)});
  }
  return events;
}

Result<bool> may_read(Snapshot& snapshot, const access::Principal& principal, const OutboxEvent& event,
                      const EnabledModule& module) {
  const auto record = event.data.find("record");
  if (record == event.data.end()) return false;
  const org::UnitId unit{event.data.value("unit", "")};
  const Reach reach(principal, snapshot);
  const bool own = holds_role_in(reach.actor(module), unit);
  if (!own && event.audience == Audience::OwnSide) return false;
  return records::is_visible(snapshot.session, reach.visibility(), record->get<std::string>());
}

}  // namespace

Result<std::vector<OutboxEvent>> events_from(store::Session& session, std::int64_t after,
                                             std::int64_t limit) {
  return to_events(session.query(std::string(kSelectEvents) + "> :1 ORDER BY seq LIMIT :2",
                                 std::array<Value, 2>{after, limit}));
}

Result<std::vector<OutboxEvent>> events_at(store::Session& session,
                                           const std::vector<std::int64_t>& places) {
  if (places.empty()) return std::vector<OutboxEvent>{};
  store::Statement statement(kSelectEvents);
  statement.text("IN ").list(std::vector<Value>(places.begin(), places.end())).text(" ORDER BY seq");
  return to_events(statement.rows(session));
}

Json cloud_event(const OutboxEvent& event) {
  return {{"specversion", "1.0"},
          {"id", event.id},
          {"source", "/zeren"},
          {"type", event.type},
          {"subject", event.subject},
          {"time", base::to_string(event.at)},
          {"datacontenttype", "application/json"},
          {"data", event.data}};
}

Result<bool> may_hear(Snapshot& snapshot, const access::Principal& principal, const OutboxEvent& event) {
  if (event.audience == Audience::Host || !event.data.contains("module")) return false;
  const auto module = snapshot.modules().find(event.data.at("module").get<std::string>());
  if (!module) return false;
  if (event.audience != Audience::Line) return may_read(snapshot, principal, event, **module);
  // Whoever is recused from a record hears nothing of what it is owed for either.
  const auto record = event.data.value("record", "");
  if (!record.empty()) {
    const auto recused = records::recused_records(snapshot.session, principal.person);
    if (!recused) return base::pass(recused);
    if (recused->contains(record)) return false;
  }
  records::Obligation about;
  about.module = (*module)->id;
  about.owner = {event.data.value("unit", "")};
  return Reach(principal, snapshot).sees(about);
}

}  // namespace zeren::app
