#include <optional>

#include "app/commands/waiver_commands.hpp"
#include "app/queries/rule_queries.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/page_parameters.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using base::Code;
using base::Json;
using base::Result;

// Absent or a date.
Result<std::optional<base::Date>> optional_date(const std::string& text) {
  if (text.empty()) return std::optional<base::Date>();
  const auto date = base::parse_date(text);
  if (!date) return base::pass(date);
  return std::optional(*date);
}

Result<Reply> get_parameters(app::Host& host, Exchange& exchange) {
  const auto on = optional_date(exchange.target.parameter("on"));
  if (!on) return base::pass(on);
  return reply_with(host.query(app::explain_parameters(
      exchange.captures[0], exchange.target.parameter("unit"), *on)));
}

Result<app::Trial> trial_of(const Json& body) {
  app::Trial trial;
  for (const auto& [key, target] : {std::pair{"module", &trial.module},
                                    std::pair{"issuer", &trial.issuer},
                                    std::pair{"basis", &trial.basis}}) {
    auto text = text_member(body, key);
    if (!text) return base::pass(std::move(text));
    *target = std::move(*text);
  }
  const auto text = optional_text_member(body, "valid_from");
  if (!text) return base::pass(text);
  auto from = optional_date(*text);
  if (!from) return base::pass(std::move(from));
  trial.valid_from = *from;
  const auto values = object_member(body, "parameters");
  if (!values) return base::pass(values);
  for (const auto& [key, value] : values->items()) trial.settings.push_back({key, value});
  return trial;
}

Result<Reply> post_trial(app::Host& host, Exchange& exchange) {
  const auto trial = trial_of(exchange.body);
  if (!trial) return base::pass(trial);
  return reply_with(host.query(app::try_parameters(exchange.caller.principal, *trial)));
}

Result<app::WaiverRequest> waiver_of(const std::string& module, const Json& body) {
  app::WaiverRequest wanted;
  wanted.module = module;
  for (const auto& [key, target] :
       {std::pair{"parameter", &wanted.parameter}, std::pair{"unit", &wanted.unit},
        std::pair{"granted_by", &wanted.granted_by}, std::pair{"basis", &wanted.basis}}) {
    auto text = text_member(body, key);
    if (!text) return base::pass(std::move(text));
    *target = std::move(*text);
  }
  const auto from = date_member(body, "valid_from");
  if (!from) return base::pass(from);
  const auto to = date_member(body, "valid_to");
  if (!to) return base::pass(to);
  wanted.valid = {*from, *to};
  if (!body.contains("value")) {
    return base::fail(Code::RequestMalformed, {{"reason", "\"value\" is missing"}, {"reason.zh-CN", "缺少 value"}},
                      {"", 0, 0, "/value"});
  }
  wanted.value = body["value"];
  return wanted;
}

Result<Reply> get_waivers(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return reply_with(host.query(app::list_waivers(exchange.captures[0], *page)));
}

Result<Reply> post_waiver(app::Host& host, Exchange& exchange) {
  const auto wanted = waiver_of(exchange.captures[0], exchange.body);
  if (!wanted) return base::pass(wanted);
  return reply_with(
      host.execute(exchange.caller, app::grant_waiver(exchange.caller.principal, *wanted)));
}

}  // namespace

std::vector<Route> rule_routes() {
  return {{"GET", {"api", "v1", "modules", "*", "parameters"}, Door::Signed, get_parameters},
          {"GET", {"api", "v1", "modules", "*", "waivers"}, Door::Signed, get_waivers},
          {"POST", {"api", "v1", "modules", "*", "waivers"}, Door::Signed, post_waiver},
          {"POST", {"api", "v1", "rules", "trials"}, Door::Signed, post_trial}};
}

}  // namespace zeren::http
