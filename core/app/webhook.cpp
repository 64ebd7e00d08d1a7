#include "app/webhook.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "app/commands/webhook_commands.hpp"
#include "base/digest.hpp"
#include "base/messages.hpp"
#include "store/statement.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;
using store::Value;

constexpr std::string_view kSecretPrefix = "whsec_";
constexpr std::chrono::hours kLongestWait{24};

constexpr std::string_view kSelectWebhooks =
    "SELECT w.id, w.version, w.url, w.types, w.unit, w.secret, w.state, w.reason, w.created_at,"
    " a.id, a.name, a.person, a.administers FROM webhook w JOIN account a ON a.id = w.account WHERE ";

Result<Webhook> to_webhook(const store::Row& row) {
  const auto types = base::parse_json(row.text(3));
  if (!types) return base::pass(types);
  access::Principal account{row.text(9), row.text(10), {row.is_null(11) ? "" : row.text(11)},
                            access::administers_from(row.text(12)), "", ""};
  return Webhook{row.text(0), row.integer(1), std::move(account), row.text(2),
                 types->get<std::vector<std::string>>(), {row.text(4)}, row.text(5),
                 row.text(6) == "active", row.text(7), base::from_millis(row.integer(8))};
}

bool is_wanted(const std::vector<std::string>& types, std::string_view type) {
  return std::any_of(types.begin(), types.end(), [&](std::string_view wanted) {
    if (!wanted.ends_with('*')) return wanted == type;
    wanted.remove_suffix(1);
    return type.starts_with(wanted);
  });
}

// Seconds only: a date would have to be compared with a clock that is not ours.
std::optional<std::chrono::seconds> wait_of(const WebhookAnswer& answer) {
  constexpr int kTooMany = 429;
  constexpr int kUnavailable = 503;
  if (answer.status != kTooMany && answer.status != kUnavailable) return std::nullopt;
  const auto& text = answer.retry_after;
  std::int64_t seconds = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (failure != std::errc{} || end != text.data() + text.size() || seconds < 0) return std::nullopt;
  return std::min<std::chrono::seconds>(std::chrono::seconds(seconds), kLongestWait);
}

Attempt judged(const WebhookAnswer& answer) {
  constexpr int kGone = 410;
  const auto said = "HTTP " + std::to_string(answer.status);
  if (answer.status / 100 == 2) return {};
  if (answer.status == kGone) return {Attempt::Outcome::Gone, said};
  return {Attempt::Outcome::Failed, said, wait_of(answer)};
}

class WebhookConsumer final : public Consumer {
 public:
  WebhookConsumer(Host& host, WebhookSender& sender, Webhook webhook)
      : host_(host), sender_(sender), webhook_(std::move(webhook)), name_("webhook:" + webhook_.id) {}

  const std::string& name() const override { return name_; }

  Result<std::optional<Json>> prepare(Snapshot& snapshot, const OutboxEvent& event) const override {
    if (!is_wanted(webhook_.types, event.type)) return std::optional<Json>{};
    const auto& unit = webhook_.unit.value;
    if (!unit.empty() && event.data.value("unit", "") != unit) return std::optional<Json>{};
    const auto heard = may_hear(snapshot, webhook_.account, event);
    if (!heard) return base::pass(heard);
    return *heard ? std::optional(cloud_event(event)) : std::nullopt;
  }

  Attempt send(const OutboxEvent& event, const Json& message) override {
    const auto body = message.dump();
    const auto seconds = base::to_millis(host_.clock().now()) / 1000;
    const auto answer = sender_.post(
        webhook_.url,
        {{"content-type", "application/cloudevents+json"},
         {"webhook-id", event.id},
         {"webhook-timestamp", std::to_string(seconds)},
         {"webhook-signature", webhook_signature(webhook_.secret, event.id, seconds, body)}},
        body);
    if (answer) return judged(*answer);
    return {Attempt::Outcome::Failed, base::text_of(answer.error())};
  }

  Result<void> leave(const std::string& reason) override {
    const auto system = access::system_principal("delivery");
    const auto ended = host_.execute({system, "", "", ""}, end_webhook(system, webhook_.id, reason));
    if (!ended) return base::pass(ended);
    return {};
  }

 private:
  Host& host_;
  WebhookSender& sender_;
  Webhook webhook_;
  std::string name_;
};

}  // namespace

std::string webhook_signature(const std::string& secret, const std::string& id, std::int64_t seconds,
                              const std::string& body) {
  const auto key = base::from_base64(std::string_view(secret).substr(kSecretPrefix.size()));
  const auto signed_text = id + "." + std::to_string(seconds) + "." + body;
  return "v1," + base::to_base64(base::hmac_sha256(key.value_or(base::Bytes{}), signed_text));
}

std::string webhook_secret(base::Entropy& entropy) {
  std::array<std::uint8_t, 24> random{};
  entropy.fill(std::as_writable_bytes(std::span(random)));
  return std::string(kSecretPrefix) + base::to_base64(random);
}

Result<std::vector<Webhook>> load_webhooks(store::Session& session, const std::string& account) {
  store::Statement statement(kSelectWebhooks);
  if (account.empty()) {
    statement.text("w.state = 'active' AND a.disabled_at IS NULL");
  } else {
    statement.text("w.account = ").value(account);
  }
  const auto rows = statement.text(" ORDER BY w.id").rows(session);
  if (!rows) return base::pass(rows);
  std::vector<Webhook> webhooks;
  for (const auto& row : *rows) {
    auto webhook = to_webhook(row);
    if (!webhook) return base::pass(std::move(webhook));
    webhooks.push_back(std::move(*webhook));
  }
  return webhooks;
}

Result<Webhook> load_webhook(store::Session& session, const std::string& id) {
  store::Statement statement(kSelectWebhooks);
  const auto row = statement.text("w.id = ").value(id).first(session);
  if (!row) return base::pass(row);
  if (!*row) return base::fail(base::Code::WebhookUnknown, {{"webhook", id}});
  return to_webhook(**row);
}

std::shared_ptr<Consumer> webhook_consumer(Host& host, WebhookSender& sender, Webhook webhook) {
  return std::make_shared<WebhookConsumer>(host, sender, std::move(webhook));
}

}  // namespace zeren::app
