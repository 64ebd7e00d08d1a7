#include "app/commands/webhook_commands.hpp"
#include "app/queries/delivery_queries.hpp"
#include "app/queries/inbox_queries.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/page_parameters.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"
#include "http/webhook_address.hpp"

namespace zeren::http {
namespace {

using base::Json;
using base::Result;

Result<Reply> get_webhooks(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return reply_with(host.query(app::list_webhooks(exchange.caller.principal, *page)));
}

// Sending checks the address again; here its owner learns of it while at the keyboard.
Result<void> check_address(const std::string& url, const app::WebhookPolicy& policy) {
  const auto parsed = WebhookUrl::parse(url);
  if (!parsed) return base::pass(parsed);
  return check_listed(*parsed, url, policy);
}

Result<Reply> post_webhook(app::Host& host, Exchange& exchange) {
  app::NewWebhook wanted;
  auto url = text_member(exchange.body, "url");
  if (!url) return base::pass(std::move(url));
  wanted.url = std::move(*url);
  auto types = texts_member(exchange.body, "types");
  if (!types) return base::pass(std::move(types));
  wanted.types = std::move(*types);
  auto unit = optional_text_member(exchange.body, "unit");
  if (!unit) return base::pass(std::move(unit));
  wanted.unit = std::move(*unit);
  const auto& policy = host.settings().webhooks;
  wanted.check = [&policy](const std::string& to) { return check_address(to, policy); };
  auto made = host.execute(exchange.caller, app::create_webhook(exchange.caller.principal, wanted,
                                                                policy.per_account));
  if (!made) return base::pass(std::move(made));
  constexpr int kCreated = 201;
  return Reply{std::move(*made), kCreated, {}};
}

Result<Reply> delete_webhook(app::Host& host, Exchange& exchange) {
  return reply_with(host.execute(
      exchange.caller, app::end_webhook(exchange.caller.principal, exchange.captures[0], "")));
}

Result<Reply> get_letters(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return reply_with(host.query(app::list_letters(exchange.caller.principal, *page)));
}

Result<Reply> post_replay(app::Host& host, Exchange& exchange) {
  const auto place = number_in_path(exchange.captures[1]);
  if (!place) return base::pass(place);
  return reply_with(host.execute(
      exchange.caller,
      app::replay_letter(exchange.caller.principal, exchange.captures[0], *place)));
}

Result<Reply> get_inbox(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  const auto unread = yes_or_no(exchange.target, "unread");
  if (!unread) return base::pass(unread);
  return reply_with(host.query(app::list_inbox(exchange.caller.principal, *unread, *page)));
}

Result<Reply> post_read(app::Host& host, Exchange& exchange) {
  return reply_with(host.execute(
      exchange.caller, app::mark_read(exchange.caller.principal, exchange.captures[0])));
}

}  // namespace

std::vector<Route> delivery_routes() {
  return {{"GET", {"api", "v1", "webhooks"}, Door::Signed, get_webhooks},
          {"POST", {"api", "v1", "webhooks"}, Door::Signed, post_webhook},
          {"DELETE", {"api", "v1", "webhooks", "*"}, Door::Signed, delete_webhook},
          {"GET", {"api", "v1", "inbox"}, Door::Signed, get_inbox},
          {"POST", {"api", "v1", "inbox", "*", "read"}, Door::Signed, post_read},
          {"GET", {"api", "v1", "deliveries"}, Door::Signed, get_letters},
          {"POST", {"api", "v1", "deliveries", "*", "*", "replay"}, Door::Signed, post_replay}};
}

}  // namespace zeren::http
