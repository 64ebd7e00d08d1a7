#include "app/queries/delivery_queries.hpp"

#include <map>

#include "app/queries/unit_reference.hpp"
#include "app/webhook.hpp"
#include "store/statement.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;
using store::Value;

constexpr std::string_view kWebhookConsumer = "webhook:";

bool answers_for_all(const access::Principal& principal) {
  return access::require(principal, access::Duty::RunModules).has_value();
}

// Numbers of waiting and dead letters, by consumer and state.
Result<std::map<std::pair<std::string, std::string>, std::int64_t>> count_letters(store::Session& session) {
  const auto rows = session.query("SELECT consumer, state, COUNT(*) FROM delivery GROUP BY consumer, state");
  if (!rows) return base::pass(rows);
  std::map<std::pair<std::string, std::string>, std::int64_t> counts;
  for (const auto& row : *rows) counts[{row.text(0), row.text(1)}] = row.integer(2);
  return counts;
}

}  // namespace

Query list_webhooks(const access::Principal& principal) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto webhooks = load_webhooks(snapshot.session, principal.id);
    if (!webhooks) return base::pass(webhooks);
    auto counts = count_letters(snapshot.session);
    if (!counts) return base::pass(std::move(counts));
    auto items = Json::array();
    for (const auto& webhook : *webhooks) {
      const auto consumer = std::string(kWebhookConsumer) + webhook.id;
      const auto& unit = webhook.unit;
      items.push_back({{"id", webhook.id},
                       {"url", webhook.url},
                       {"types", webhook.types},
                       {"unit", unit.value.empty() ? Json() : unit_reference(snapshot, unit)},
                       {"state", webhook.active ? "active" : "ended"},
                       {"reason", webhook.reason},
                       {"created_at", base::to_string(webhook.created_at)},
                       {"waiting", (*counts)[{consumer, "waiting"}]},
                       {"dead", (*counts)[{consumer, "dead"}]}});
    }
    return Json{{"items", std::move(items)}};
  };
}

Query list_letters(const access::Principal& principal) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    store::Statement statement(
        "SELECT d.consumer, d.seq, o.id, o.type, d.subject, d.state, d.attempts, d.next_at, d.reason"
        " FROM delivery d JOIN outbox o ON o.seq = d.seq");
    if (!answers_for_all(principal)) {
      statement.text(" WHERE d.consumer IN (SELECT 'webhook:' || w.id FROM webhook w WHERE w.account = ")
          .value(principal.id)
          .text(")");
    }
    const auto rows = statement.text(" ORDER BY d.seq, d.consumer LIMIT 1000").rows(snapshot.session);
    if (!rows) return base::pass(rows);
    auto items = Json::array();
    for (const auto& row : *rows) {
      items.push_back({{"consumer", row.text(0)}, {"seq", row.integer(1)}, {"event", row.text(2)},
                       {"type", row.text(3)}, {"subject", row.text(4)}, {"state", row.text(5)},
                       {"attempts", row.integer(6)},
                       {"next_at", base::to_string(base::from_millis(row.integer(7)))},
                       {"reason", row.text(8)}});
    }
    return Json{{"items", std::move(items)}};
  };
}

Result<bool> may_see_letters(Snapshot& snapshot, const access::Principal& principal,
                             const std::string& consumer) {
  if (answers_for_all(principal)) return true;
  if (!consumer.starts_with(kWebhookConsumer)) return false;
  const auto row = snapshot.session.first(
      "SELECT 1 FROM webhook WHERE id = :1 AND account = :2",
      std::vector<Value>{consumer.substr(kWebhookConsumer.size()), principal.id});
  if (!row) return base::pass(row);
  return row->has_value();
}

}  // namespace zeren::app
