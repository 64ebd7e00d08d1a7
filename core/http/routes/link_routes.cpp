#include "app/commands/link_commands.hpp"
#include "app/commands/reuse_commands.hpp"
#include "app/queries/link_queries.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/first_reading.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using base::Result;

Result<Reply> get_links(app::Host& host, Exchange& exchange) {
  if (auto opened = open_record(host, exchange); !opened) return base::pass(std::move(opened));
  return versioned(host.query(app::list_links(exchange.caller.principal, exchange.captures[0])));
}

Result<Reply> post_link(app::Host& host, Exchange& exchange) {
  const auto kind = text_member(exchange.body, "kind");
  if (!kind) return base::pass(kind);
  const auto to = text_member(exchange.body, "to");
  if (!to) return base::pass(to);
  const auto propose = flag_member(exchange.body, "propose", false);
  if (!propose) return base::pass(propose);
  const auto& principal = exchange.caller.principal;
  const auto& record = exchange.captures[0];
  const app::WantedLink wanted{*kind, *to};
  const auto command = *propose ? app::propose_link(principal, record, wanted)
                                : app::link_record(principal, record, wanted);
  return versioned(host.execute(exchange.caller, command), 201);
}

Result<Reply> post_confirm(app::Host& host, Exchange& exchange) {
  return versioned(host.execute(exchange.caller, app::confirm_link(exchange.caller.principal, exchange.captures[0],
                                                                   exchange.captures[1])));
}

Result<Reply> post_take_back(app::Host& host, Exchange& exchange) {
  const auto reason = optional_text_member(exchange.body, "reason");
  if (!reason) return base::pass(reason);
  return versioned(host.execute(exchange.caller,
                                app::take_back_link(exchange.caller.principal, exchange.captures[0],
                                                    exchange.captures[1], *reason)));
}

Result<Reply> post_fulfil(app::Host& host, Exchange& exchange) {
  const auto record = text_member(exchange.body, "record");
  if (!record) return base::pass(record);
  return versioned(host.execute(
      exchange.caller, app::reuse_record(exchange.caller.principal, exchange.captures[0], *record)));
}

Result<Reply> post_end_reuse(app::Host& host, Exchange& exchange) {
  const auto reason = optional_text_member(exchange.body, "reason");
  if (!reason) return base::pass(reason);
  return versioned(host.execute(exchange.caller,
                                app::end_reuse(exchange.caller.principal, exchange.captures[0], *reason)));
}

Result<Reply> get_catalogues(app::Host& host, Exchange& exchange) {
  return reply_with(host.query(app::list_catalogues(exchange.captures[0], exchange.target.parameter("unit"))));
}

Result<Reply> get_catalogue(app::Host& host, Exchange& exchange) {
  return reply_with(host.query(app::show_catalogue(exchange.captures[0], exchange.captures[1],
                                                   exchange.target.parameter("unit"))));
}

}  // namespace

std::vector<Route> link_routes() {
  return {
      {"GET", {"api", "v1", "records", "*", "links"}, Door::Signed, get_links},
      {"POST", {"api", "v1", "records", "*", "links"}, Door::Signed, post_link},
      {"POST", {"api", "v1", "records", "*", "links", "*", "confirm"}, Door::Signed, post_confirm},
      {"POST", {"api", "v1", "records", "*", "links", "*", "take-back"}, Door::Signed, post_take_back},
      {"POST", {"api", "v1", "obligations", "*", "fulfil"}, Door::Signed, post_fulfil},
      {"POST", {"api", "v1", "obligations", "*", "take-back"}, Door::Signed, post_end_reuse},
      {"GET", {"api", "v1", "modules", "*", "catalogues"}, Door::Signed, get_catalogues},
      {"GET", {"api", "v1", "modules", "*", "catalogues", "*"}, Door::Signed, get_catalogue},
  };
}

}  // namespace zeren::http
