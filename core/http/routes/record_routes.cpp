#include "app/commands/record_commands.hpp"
#include "app/queries/record_queries.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using base::Json;
using base::Result;

std::string etag(const Json& body) {
  return "\"" + std::to_string(body.at("version").get<std::int64_t>()) + "\"";
}

// A record's version is its entity tag.
Result<Reply> versioned(Result<Json> body, int status) {
  if (!body) return base::pass(std::move(body));
  Reply reply{std::move(*body), status, {}};
  reply.headers["etag"] = etag(reply.body);
  return reply;
}

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

Result<Reply> get_record(app::Host& host, Exchange& exchange) {
  return versioned(
      host.query(app::show_record(exchange.caller.principal, exchange.captures[0])), 200);
}

Result<Reply> put_content(app::Host& host, Exchange& exchange) {
  const auto version = version_of(exchange.request);
  if (!version) return base::pass(version);
  const auto content = object_member(exchange.body, "content");
  if (!content) return base::pass(content);
  return versioned(
      host.execute(exchange.caller,
                   app::edit_record(exchange.caller.principal, exchange.captures[0], *version,
                                    *content)),
      200);
}

Result<Reply> post_step(app::Host& host, Exchange& exchange) {
  const auto version = version_of(exchange.request);
  if (!version) return base::pass(version);
  const auto reason = optional_text_member(exchange.body, "reason");
  if (!reason) return base::pass(reason);
  return versioned(
      host.execute(exchange.caller,
                   app::take_step(exchange.caller.principal, exchange.captures[0], *version,
                                  exchange.captures[1], *reason)),
      200);
}

Result<Reply> post_leg_step(app::Host& host, Exchange& exchange) {
  const auto reason = optional_text_member(exchange.body, "reason");
  if (!reason) return base::pass(reason);
  return versioned(
      host.execute(exchange.caller,
                   app::answer_leg(exchange.caller.principal, exchange.captures[0],
                                   exchange.captures[1], exchange.captures[2], *reason)),
      200);
}

}  // namespace

std::vector<Route> record_routes() {
  return {
      {"GET", {"api", "v1", "records"}, Door::Signed, get_records},
      {"POST", {"api", "v1", "records"}, Door::Signed, post_record},
      {"GET", {"api", "v1", "records", "*"}, Door::Signed, get_record},
      {"PUT", {"api", "v1", "records", "*", "content"}, Door::Signed, put_content},
      {"POST", {"api", "v1", "records", "*", "steps", "*"}, Door::Signed, post_step},
      {"POST", {"api", "v1", "records", "*", "legs", "*", "steps", "*"}, Door::Signed,
       post_leg_step},
  };
}

std::vector<Route> all_routes() {
  std::vector<Route> routes;
  for (auto list : {session_routes(), account_routes(), watch_routes(), host_routes(), rule_routes(),
                    obligation_routes(), record_routes()}) {
    routes.insert(routes.end(), list.begin(), list.end());
  }
  return routes;
}

}  // namespace zeren::http
