#include "app/queries/event_queries.hpp"

#include "app/outbox.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;

constexpr std::int64_t kBatch = 100;

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
    const auto events = events_from(snapshot.session, after, kBatch);
    if (!events) return base::pass(events);
    auto items = Json::array();
    auto last = after;
    for (const auto& event : *events) {
      last = event.seq;
      const auto heard = may_hear(snapshot, principal, event);
      if (!heard) return base::pass(heard);
      if (*heard) items.push_back({{"seq", last}, {"event", cloud_event(event)}});
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
