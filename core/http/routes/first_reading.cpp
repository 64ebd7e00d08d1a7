#include "http/routes/first_reading.hpp"

#include <algorithm>

#include "app/commands/record_commands.hpp"
#include "app/queries/record_queries.hpp"

namespace zeren::http {
namespace {

using base::Json;
using base::Result;

// Whether a leg of the newest round waits to be read; open_record() knows by whom.
bool waits_to_be_opened(const Json& record) {
  const auto& rounds = record.at("rounds");
  if (rounds.empty()) return false;
  const auto& legs = rounds.back().at("legs");
  return std::any_of(legs.begin(), legs.end(), [](const Json& leg) {
    return leg.at("state") == "sent" && leg.at("opened_at").is_null();
  });
}

}  // namespace

base::Result<void> open_record(app::Host& host, const Exchange& exchange) {
  if (exchange.request.method == "HEAD") return {};  // it is shown nothing of what the record says
  const auto& principal = exchange.caller.principal;
  const auto opened = host.execute(exchange.caller, app::open_legs(principal, exchange.captures[0]));
  if (!opened) return base::pass(opened);
  return {};
}

Result<Json> read_record(app::Host& host, const Exchange& exchange, const std::string& record) {
  const auto show = app::show_record(exchange.caller.principal, record);
  auto shown = host.query(show);
  if (!shown || exchange.request.method == "HEAD") return shown;
  host.note_read(record, exchange.caller.principal.id);
  if (!waits_to_be_opened(*shown)) return shown;
  if (auto opened = open_record(host, exchange); !opened) return base::pass(std::move(opened));
  return host.query(show);
}

}  // namespace zeren::http
