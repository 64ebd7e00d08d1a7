#include "app/queries/event_queries.hpp"

#include <array>

#include "app/officials.hpp"
#include "app/reach.hpp"
#include "records/ledger.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::Value;

constexpr std::int64_t kBatch = 100;

Json cloud_event(const store::Row& row, const Json& data) {
  return {{"specversion", "1.0"},
          {"id", row.text(1)},
          {"source", "/zeren"},
          {"type", row.text(2)},
          {"subject", row.text(3)},
          {"time", base::to_string(base::from_millis(row.integer(4)))},
          {"datacontenttype", "application/json"},
          {"data", data}};
}

// What people say and ask among themselves, on their side of the dispatch, is in the record and in the lists of
// tasks for those whom it concerns; it is told to nobody as an event.
bool is_internal(std::string_view type) {
  return type.starts_with("zeren.task.") || type.starts_with("zeren.give.") ||
         type == "zeren.record.comment";
}

// Of somebody else's record one hears that it comes, what recipients answer, and that it is corrected.
bool is_for_recipients(std::string_view type, const Json& data) {
  return data.value("sent", false) || type.starts_with("zeren.leg.") ||
         type == "zeren.record.correction_notice";
}

// Only events of records have people who may hear of them; the others are for modules.
Result<bool> may_hear(Snapshot& snapshot, const access::Principal& principal, const std::string& type,
                      const Json& data) {
  if (!data.contains("record") || !data.contains("module") || is_internal(type)) return false;
  const auto module = snapshot.modules().find(data.at("module").get<std::string>());
  if (!module) return false;
  const org::UnitId unit{data.value("unit", "")};
  const Reach reach(principal, snapshot);
  const bool own = holds_role_in(reach.actor(**module), unit);
  if (!own && !is_for_recipients(type, data)) return false;
  return records::is_visible(snapshot.session, reach.visibility(),
                             data.at("record").get<std::string>());
}

Result<void> check_session(Snapshot& snapshot, const access::Principal& principal) {
  if (principal.session.empty()) return {};
  const auto row = snapshot.session.first(
      "SELECT 1 FROM sign_in WHERE id = :1 AND ended_at IS NULL AND expires_at > :2",
      std::array<Value, 2>{principal.session, base::to_millis(snapshot.now)});
  if (!row) return base::pass(row);
  if (!*row) return base::fail(Code::NotSignedIn);
  return {};
}

}  // namespace

Query last_event() {
  return [](Snapshot& snapshot) -> Result<Json> {
    const auto row = snapshot.session.first("SELECT COALESCE(MAX(seq), 0) FROM outbox");
    if (!row) return base::pass(row);
    return Json{{"last", (*row)->integer(0)}};
  };
}

Query events_after(const access::Principal& principal, std::int64_t after) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    if (auto open = check_session(snapshot, principal); !open) return base::pass(std::move(open));
    const auto rows = snapshot.session.query(
        "SELECT seq, id, type, subject, at, data FROM outbox WHERE seq > :1 ORDER BY seq LIMIT :2",
        std::array<Value, 2>{after, kBatch});
    if (!rows) return base::pass(rows);
    auto items = Json::array();
    auto last = after;
    for (const auto& row : *rows) {
      last = row.integer(0);
      const auto data = base::parse_json(row.text(5));
      if (!data) return base::pass(data);
      const auto heard = may_hear(snapshot, principal, row.text(2), *data);
      if (!heard) return base::pass(heard);
      if (*heard) items.push_back({{"seq", last}, {"event", cloud_event(row, *data)}});
    }
    return Json{{"items", std::move(items)}, {"last", last}};
  };
}

Query event_backlog() {
  return [](Snapshot& snapshot) -> Result<Json> {
    const auto row = snapshot.session.first(
        "SELECT COUNT(*) FROM outbox WHERE seq > COALESCE((SELECT MIN(seq) FROM outbox_cursor), 0)");
    if (!row) return base::pass(row);
    return Json{{"outbox_waiting", (*row)->integer(0)}};
  };
}

}  // namespace zeren::app
