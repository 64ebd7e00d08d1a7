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

constexpr std::string_view kLetterList = "deliveries";

Json letter_json(const store::Row& row) {
  return {{"consumer", row.text(0)}, {"seq", row.integer(1)}, {"event", row.text(2)},
          {"type", row.text(3)}, {"subject", row.text(4)}, {"state", row.text(5)},
          {"attempts", row.integer(6)},
          {"next_at", base::to_string(base::from_millis(row.integer(7)))},
          {"reason", row.text(8)}};
}

// `after` is [seq, consumer], or null for the first page.
Result<void> begin_after(store::Statement& statement, const Json& after) {
  if (after.is_null()) return {};
  const bool pair = after.size() == 2 && after[0].is_number_integer() && after[1].is_string();
  if (!pair) return base::fail(base::Code::CursorInvalid);
  const auto seq = after[0].get<std::int64_t>();
  statement.text(" AND (d.seq > ").value(seq).text(" OR (d.seq = ").value(seq);
  statement.text(" AND d.consumer > ").value(after[1].get<std::string>()).text("))");
  return {};
}

}  // namespace

Query list_webhooks(const access::Principal& principal, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto webhooks = load_webhooks(snapshot.session, principal.id);
    if (!webhooks) return base::pass(webhooks);
    auto counts = count_letters(snapshot.session);
    if (!counts) return base::pass(std::move(counts));
    std::vector<Json> keys;
    for (const auto& webhook : *webhooks) keys.push_back(Json::array({webhook.id}));
    const auto cut = cut_page(page, "webhooks", keys);
    if (!cut) return base::pass(cut);
    Json answer{{"items", Json::array()}, {"next", cut->next}};
    for (const auto at : cut->chosen) {
      const auto& webhook = (*webhooks)[at];
      const auto consumer = std::string(kWebhookConsumer) + webhook.id;
      const auto& unit = webhook.unit;
      answer["items"].push_back({{"id", webhook.id},
                                 {"url", webhook.url},
                                 {"types", webhook.types},
                                 {"unit", unit.value.empty() ? Json() : unit_reference(snapshot, unit)},
                                 {"state", webhook.active ? "active" : "ended"},
                                 {"reason", webhook.reason},
                                 {"created_at", base::to_string(webhook.created_at)},
                                 {"waiting", (*counts)[{consumer, "waiting"}]},
                                 {"dead", (*counts)[{consumer, "dead"}]}});
    }
    return answer;
  };
}

Query list_letters(const access::Principal& principal, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    auto after = key_of_cursor(kLetterList, page.cursor);
    if (!after) return after;
    store::Statement statement(
        "SELECT d.consumer, d.seq, o.id, o.type, d.subject, d.state, d.attempts, d.next_at, d.reason"
        " FROM delivery d JOIN outbox o ON o.seq = d.seq WHERE 1 = 1");
    if (!answers_for_all(principal)) {
      statement.text(" AND d.consumer IN (SELECT 'webhook:' || w.id FROM webhook w WHERE w.account = ")
          .value(principal.id)
          .text(")");
    }
    if (auto begun = begin_after(statement, *after); !begun) return base::pass(std::move(begun));
    // One more than is shown, to know whether there is a next page.
    statement.text(" ORDER BY d.seq, d.consumer LIMIT ").value(page.limit + 1);
    const auto rows = statement.rows(snapshot.session);
    if (!rows) return base::pass(rows);
    Json answer{{"items", Json::array()}, {"next", nullptr}};
    auto& items = answer["items"];
    for (const auto& row : *rows) {
      if (static_cast<std::int64_t>(items.size()) == page.limit) {
        answer["next"] = cursor_after(kLetterList, {items.back().at("seq"), items.back().at("consumer")});
        break;
      }
      items.push_back(letter_json(row));
    }
    return answer;
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
