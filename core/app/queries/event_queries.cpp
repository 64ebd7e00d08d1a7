#include "app/queries/event_queries.hpp"

#include <array>

#include "app/officials.hpp"
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

Result<bool> was_sent(Snapshot& snapshot, const std::string& record, std::int64_t content_version) {
  const auto row = snapshot.session.first(
      "SELECT 1 FROM dispatch WHERE record = :1 AND content_version = :2",
      std::array<Value, 2>{record, content_version});
  if (!row) return base::pass(row);
  return row->has_value();
}

// Only events of records have people who may hear of them; the others are for modules.
Result<bool> may_hear(Snapshot& snapshot, const access::Principal& principal, const Json& data) {
  if (!data.contains("record") || !data.contains("module")) return false;
  const auto module = snapshot.modules().find(data.at("module").get<std::string>());
  if (!module) return false;
  const auto record = data.at("record").get<std::string>();
  const auto visible =
      records::is_visible(snapshot.session, visibility_of(principal, snapshot), record);
  if (!visible || !*visible) return visible;
  const org::UnitId unit{data.value("unit", "")};
  if (holds_role_in(actor_of(principal, **module, snapshot), unit)) return true;
  return was_sent(snapshot, record, data.value("content_version", std::int64_t{0}));
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
      const auto heard = may_hear(snapshot, principal, *data);
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
