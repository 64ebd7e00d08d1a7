#include <algorithm>

#include "app/commands/record_commands.hpp"
#include "app/queries/record_queries.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/first_reading.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using base::Json;
using base::Result;

Result<Reply> get_records(app::Host& host, Exchange& exchange) {
  constexpr std::int64_t kPage = 50;
  return reply_with(host.query(
      app::list_records(exchange.caller.principal, exchange.target.parameter("after"), kPage)));
}

Result<Reply> post_record(app::Host& host, Exchange& exchange) {
  const auto obligation = text_member(exchange.body, "obligation");
  if (!obligation) return base::pass(obligation);
  const auto content = object_member(exchange.body, "content");
  if (!content) return base::pass(content);
  auto made = host.execute(exchange.caller, app::draft_record(exchange.caller.principal,
                                                              *obligation, *content));
  auto reply = versioned(std::move(made), 201);
  if (reply) reply->headers["location"] = "/api/v1/records/" + reply->body["id"].get<std::string>();
  return reply;
}

// Whether a leg of the newest round waits to be read; the command knows by whom.
bool waits_to_be_opened(const Json& record) {
  const auto& rounds = record.at("rounds");
  if (rounds.empty()) return false;
  const auto& legs = rounds.back().at("legs");
  return std::any_of(legs.begin(), legs.end(), [](const Json& leg) {
    return leg.at("state") == "sent" && leg.at("opened_at").is_null();
  });
}

Result<Reply> get_record(app::Host& host, Exchange& exchange) {
  return versioned(read_record(host, exchange, exchange.captures[0]));
}

Result<Reply> get_versions(app::Host& host, Exchange& exchange) {
  return versioned(
      host.query(app::list_versions(exchange.caller.principal, exchange.captures[0])));
}

Result<Reply> get_version(app::Host& host, Exchange& exchange) {
  const auto version = number_in_path(exchange.captures[1]);
  if (!version) return base::pass(version);
  return versioned(host.query(
      app::show_version(exchange.caller.principal, exchange.captures[0], *version)));
}

Result<Reply> put_content(app::Host& host, Exchange& exchange) {
  const auto version = version_of(exchange.request);
  if (!version) return base::pass(version);
  const auto content = object_member(exchange.body, "content");
  if (!content) return base::pass(content);
  return versioned(
      host.execute(exchange.caller,
                   app::edit_record(exchange.caller.principal, exchange.captures[0], *version,
                                    *content)));
}

Result<Reply> post_step(app::Host& host, Exchange& exchange) {
  const auto version = version_of(exchange.request);
  if (!version) return base::pass(version);
  const auto reason = optional_text_member(exchange.body, "reason");
  if (!reason) return base::pass(reason);
  const auto to = optional_text_member(exchange.body, "to");
  if (!to) return base::pass(to);
  return versioned(
      host.execute(exchange.caller,
                   app::take_step(exchange.caller.principal, exchange.captures[0], *version,
                                  {exchange.captures[1], *reason, *to})));
}

Result<Reply> post_leg_step(app::Host& host, Exchange& exchange) {
  const auto reason = optional_text_member(exchange.body, "reason");
  if (!reason) return base::pass(reason);
  return versioned(
      host.execute(exchange.caller,
                   app::answer_leg(exchange.caller.principal, exchange.captures[0],
                                   exchange.captures[1], exchange.captures[2], *reason)));
}

Result<Reply> post_leg_urge(app::Host& host, Exchange& exchange) {
  const auto reason = optional_text_member(exchange.body, "reason");
  if (!reason) return base::pass(reason);
  return versioned(host.execute(
      exchange.caller, app::urge_leg(exchange.caller.principal, exchange.captures[0],
                                     exchange.captures[1], *reason)));
}

}  // namespace

Result<Json> read_record(app::Host& host, Exchange& exchange, const std::string& record) {
  const auto show = app::show_record(exchange.caller.principal, record);
  auto shown = host.query(show);
  if (!shown || !waits_to_be_opened(*shown)) return shown;
  // Nobody reads what may still be withdrawn: first it is opened, then shown.
  const auto opened = host.execute(exchange.caller, app::open_legs(exchange.caller.principal, record));
  if (!opened) return base::pass(opened);
  return opened->is_null() ? std::move(shown) : host.query(show);
}

std::vector<Route> record_routes() {
  return {
      {"GET", {"api", "v1", "records"}, Door::Signed, get_records},
      {"POST", {"api", "v1", "records"}, Door::Signed, post_record},
      {"GET", {"api", "v1", "records", "*"}, Door::Signed, get_record},
      {"PUT", {"api", "v1", "records", "*", "content"}, Door::Signed, put_content},
      {"POST", {"api", "v1", "records", "*", "steps", "*"}, Door::Signed, post_step},
      {"POST", {"api", "v1", "records", "*", "legs", "*", "steps", "*"}, Door::Signed,
       post_leg_step},
      {"POST", {"api", "v1", "records", "*", "legs", "*", "urge"}, Door::Signed, post_leg_urge},
      {"GET", {"api", "v1", "records", "*", "versions"}, Door::Signed, get_versions},
      {"GET", {"api", "v1", "records", "*", "versions", "*"}, Door::Signed, get_version},
  };
}

std::vector<Route> all_routes() {
  std::vector<Route> routes;
  for (auto list : {session_routes(), account_routes(), watch_routes(), host_routes(), rule_routes(),
                    obligation_routes(), record_routes(), document_routes(), task_routes()}) {
    routes.insert(routes.end(), list.begin(), list.end());
  }
  return routes;
}

}  // namespace zeren::http
