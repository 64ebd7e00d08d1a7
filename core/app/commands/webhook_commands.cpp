#include "app/commands/webhook_commands.hpp"

#include <algorithm>

#include "app/queries/delivery_queries.hpp"
#include "app/queries/unit_reference.hpp"
#include "app/webhook.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;
using store::RowWrite;
using store::Value;

constexpr std::size_t kMaxTypes = 50;
constexpr std::size_t kMaxType = 200;
constexpr std::size_t kMaxUrl = 2000;

Result<void> check_types(const std::vector<std::string>& types) {
  const bool fit = !types.empty() && types.size() <= kMaxTypes &&
                   std::all_of(types.begin(), types.end(), [](const std::string& type) {
                     return type.starts_with("zeren.") && type.size() <= kMaxType;
                   });
  if (fit) return {};
  return base::fail(Code::RequestMalformed,
                    {{"reason", "\"types\" names 1 to 50 types of events, such as \"zeren.record.*\""},
                     {"reason.zh-CN", "\"types\" 应列出 1 至 50 种事件，如 \"zeren.record.*\""}},
                    {"", 0, 0, "/types"});
}

Result<std::int64_t> newest_event(store::Session& session) {
  const auto row = session.first("SELECT COALESCE(MAX(seq), 0) FROM outbox");
  if (!row) return base::pass(row);
  return (**row).integer(0);
}

Result<void> check_room(store::Session& session, const access::Principal& principal, std::int64_t limit) {
  const auto row = session.first("SELECT COUNT(*) FROM webhook WHERE account = :1 AND state = 'active'",
                                 std::vector<Value>{principal.id});
  if (!row) return base::pass(row);
  if ((**row).integer(0) < limit) return {};
  return base::fail(Code::WebhookTooMany, {{"limit", std::to_string(limit)}});
}

ChangeSet subscription(Snapshot& snapshot, const access::Principal& principal, const NewWebhook& wanted,
                       const org::UnitId& unit, std::int64_t after) {
  const auto id = snapshot.ids.next();
  const auto secret = webhook_secret(snapshot.entropy);
  ChangeSet change;
  change.act.action = "webhook.create";
  change.act.unit = unit.value;
  change.act.objects = {{"webhook", id, 1}};
  change.act.committed = {{"url", wanted.url}, {"types", wanted.types}};
  change.rows.push_back({RowWrite::Kind::Insert,
                         "webhook",
                         {{"id", id}},
                         {{"version", 1}, {"account", principal.id}, {"url", wanted.url},
                          {"types", Json(wanted.types).dump()}, {"unit", unit.value}, {"secret", secret},
                          {"state", "active"}, {"reason", ""},
                          {"created_at", base::to_millis(snapshot.now)}}});
  change.rows.push_back(
      {RowWrite::Kind::Insert, "outbox_cursor", {{"consumer", "webhook:" + id}}, {{"seq", after}}});
  change.answer = {{"id", id}, {"secret", secret}};
  return change;
}

Result<ChangeSet> plan_create(Snapshot& snapshot, const access::Principal& principal,
                              const NewWebhook& wanted, std::int64_t limit) {
  if (auto fit = check_types(wanted.types); !fit) return base::pass(std::move(fit));
  if (wanted.url.size() > kMaxUrl) {
    return base::fail(Code::TextTooLong, {{"what", "url"}, {"max", std::to_string(kMaxUrl)}});
  }
  if (auto allowed = wanted.check(wanted.url); !allowed) return base::pass(std::move(allowed));
  if (auto room = check_room(snapshot.session, principal, limit); !room) return base::pass(std::move(room));
  org::UnitId unit;
  if (!wanted.unit.empty()) {
    auto known = unit_called(snapshot, wanted.unit);
    if (!known) return base::pass(std::move(known));
    unit = std::move(*known);
  }
  const auto after = newest_event(snapshot.session);
  if (!after) return base::pass(after);
  return subscription(snapshot, principal, wanted, unit, *after);
}

// What waits for a consumer that hears nothing any more, and its place.
Result<void> clear_letters(store::Session& session, const std::string& consumer, ChangeSet& change) {
  change.rows.push_back({RowWrite::Kind::Remove, "outbox_cursor", {{"consumer", consumer}}, {}});
  const auto rows =
      session.query("SELECT seq FROM delivery WHERE consumer = :1", std::vector<Value>{consumer});
  if (!rows) return base::pass(rows);
  for (const auto& row : *rows) {
    change.rows.push_back({RowWrite::Kind::Remove, "delivery",
                           {{"consumer", consumer}, {"seq", row.integer(0)}}, {}});
  }
  return {};
}

bool may_end(const access::Principal& principal, const Webhook& webhook) {
  return webhook.account.id == principal.id ||
         access::require(principal, access::Duty::RunModules).has_value();
}

Result<ChangeSet> plan_end(Snapshot& snapshot, const access::Principal& principal, const std::string& id,
                           const std::string& reason) {
  const auto webhook = load_webhook(snapshot.session, id);
  if (!webhook) return base::pass(webhook);
  if (!may_end(principal, *webhook)) return base::fail(Code::WebhookUnknown, {{"webhook", id}});
  ChangeSet change;
  change.answer = {{"id", id}};
  if (!webhook->active) return change;
  change.act.action = "webhook.end";
  change.act.objects = {{"webhook", id, webhook->version + 1}};
  change.act.committed = {{"reason", reason}};
  change.reads.push_back({"webhook", {{"id", id}}, webhook->version});
  change.rows.push_back({RowWrite::Kind::Update,
                         "webhook",
                         {{"id", id}},
                         {{"version", webhook->version + 1}, {"state", "ended"}, {"reason", reason}}});
  if (auto cleared = clear_letters(snapshot.session, "webhook:" + id, change); !cleared) {
    return base::pass(std::move(cleared));
  }
  return change;
}

Result<ChangeSet> plan_replay(Snapshot& snapshot, const access::Principal& principal,
                              const std::string& consumer, std::int64_t place) {
  const auto unknown = [&] {
    return base::fail(Code::DeadLetterUnknown, {{"letter", consumer + " " + std::to_string(place)}});
  };
  const auto mine = may_see_letters(snapshot, principal, consumer);
  if (!mine) return base::pass(mine);
  if (!*mine) return unknown();
  const auto row = snapshot.session.first(
      "SELECT o.id FROM delivery d JOIN outbox o ON o.seq = d.seq"
      " WHERE d.consumer = :1 AND d.seq = :2 AND d.state = 'dead'",
      std::vector<Value>{consumer, place});
  if (!row) return base::pass(row);
  if (!*row) return unknown();
  ChangeSet change;
  change.act.action = "delivery.replay";
  change.act.objects = {{"event", (*row)->text(0), 0}};
  change.act.committed = {{"consumer", consumer}};
  change.rows.push_back({RowWrite::Kind::Update,
                         "delivery",
                         {{"consumer", consumer}, {"seq", place}},
                         {{"state", "waiting"}, {"attempts", 0}, {"next_at", 0}}});
  change.answer = {{"consumer", consumer}, {"seq", place}};
  return change;
}

}  // namespace

Command create_webhook(const access::Principal& principal, const NewWebhook& wanted, std::int64_t limit) {
  return {"webhook.create",
          [=](Snapshot& snapshot) { return plan_create(snapshot, principal, wanted, limit); }};
}

Command end_webhook(const access::Principal& principal, const std::string& id, const std::string& reason) {
  return {"webhook.end", [=](Snapshot& snapshot) { return plan_end(snapshot, principal, id, reason); }};
}

Command replay_letter(const access::Principal& principal, const std::string& consumer, std::int64_t place) {
  return {"delivery.replay",
          [=](Snapshot& snapshot) { return plan_replay(snapshot, principal, consumer, place); }};
}

}  // namespace zeren::app
