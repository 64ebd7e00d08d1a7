#include "app/commands/leg_commands.hpp"
#include "app/queries/receipt_queries.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/page_parameters.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using base::Result;

app::LegOf leg_in(const Exchange& exchange) { return {exchange.captures[0], exchange.captures[1]}; }

Result<Reply> post_withholding(app::Host& host, Exchange& exchange) {
  const auto reason = optional_text_member(exchange.body, "reason");
  if (!reason) return base::pass(reason);
  return versioned(host.execute(
      exchange.caller, app::withhold_leg(exchange.caller.principal, leg_in(exchange), *reason)));
}

Result<Reply> post_leg_release(app::Host& host, Exchange& exchange) {
  const auto reason = optional_text_member(exchange.body, "reason");
  if (!reason) return base::pass(reason);
  return versioned(host.execute(
      exchange.caller, app::release_leg(exchange.caller.principal, leg_in(exchange), *reason)));
}

Result<Reply> post_entry(app::Host& host, Exchange& exchange) {
  const auto on = date_member(exchange.body, "on");
  if (!on) return base::pass(on);
  const auto number = optional_text_member(exchange.body, "number");
  if (!number) return base::pass(number);
  const auto scan = optional_text_member(exchange.body, "scan");
  if (!scan) return base::pass(scan);
  const app::EnteredByHand entry{exchange.captures[2], *on, *number, *scan};
  return versioned(host.execute(
      exchange.caller, app::enter_leg(exchange.caller.principal, leg_in(exchange), entry)));
}

Result<Reply> post_confirmation(app::Host& host, Exchange& exchange) {
  return versioned(
      host.execute(exchange.caller, app::confirm_leg(exchange.caller.principal, leg_in(exchange),
                                                     exchange.captures[2])));
}

Result<Reply> get_overdue(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return reply_with(host.query(app::list_overdue_receipts(exchange.caller.principal, *page)));
}

}  // namespace

std::vector<Route> leg_routes() {
  return {
      {"GET", {"api", "v1", "receipts", "overdue"}, Door::Signed, get_overdue},
      {"POST", {"api", "v1", "records", "*", "legs", "*", "withhold"}, Door::Signed, post_withholding},
      {"POST", {"api", "v1", "records", "*", "legs", "*", "release"}, Door::Signed, post_leg_release},
      {"POST", {"api", "v1", "records", "*", "legs", "*", "entries", "*"}, Door::Signed, post_entry},
      {"POST", {"api", "v1", "records", "*", "legs", "*", "entries", "*", "confirm"}, Door::Signed,
       post_confirmation},
  };
}

}  // namespace zeren::http
