#include "app/queries/audit_queries.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/page_parameters.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using base::Code;
using base::Json;
using base::Result;

Result<std::optional<base::Date>> day_parameter(const Target& target, const char* name) {
  const auto text = target.parameter(name);
  if (text.empty()) return std::optional<base::Date>{};
  const auto date = base::parse_date(text);
  if (!date) return base::pass(date);
  return std::optional(*date);
}

Result<Reply> get_entries(app::Host& host, Exchange& exchange) {
  const auto& target = exchange.target;
  app::EntryFilter filter{target.parameter("action"),  target.parameter("outcome"),
                          target.parameter("unit"),    target.parameter("account"),
                          target.parameter("object"),  {}, {}};
  const auto from = day_parameter(target, "from");
  if (!from) return base::pass(from);
  filter.from = *from;
  const auto to = day_parameter(target, "to");
  if (!to) return base::pass(to);
  filter.to = *to;
  const auto page = page_of(target);
  if (!page) return base::pass(page);
  return reply_with(host.query(app::list_entries(exchange.caller.principal, filter, *page)));
}

Result<Reply> get_entry(app::Host& host, Exchange& exchange) {
  const auto index = number_in_path(exchange.captures[0]);
  if (!index) return base::pass(index);
  return reply_with(host.query(app::show_entry(exchange.caller.principal, *index)));
}

Result<Reply> get_checkpoint(app::Host& host, Exchange& exchange) {
  return reply_with(host.query(app::show_checkpoint(exchange.caller.principal)));
}

}  // namespace

std::vector<Route> audit_routes() {
  return {{"GET", {"api", "v1", "audit", "entries"}, Door::Signed, get_entries},
          {"GET", {"api", "v1", "audit", "entries", "*"}, Door::Signed, get_entry},
          {"GET", {"api", "v1", "audit", "checkpoint"}, Door::Signed, get_checkpoint}};
}

}  // namespace zeren::http
