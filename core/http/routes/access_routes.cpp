#include <algorithm>
#include <utility>

#include "app/commands/grant_commands.hpp"
#include "app/commands/token_commands.hpp"
#include "app/queries/access_queries.hpp"
#include "http/routes/act_with_reason.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/page_parameters.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using base::Code;
using base::Json;
using base::Result;

Result<std::vector<std::string>> optional_texts_member(const Json& body, const char* key) {
  if (!body.is_object() || !body.contains(key)) return std::vector<std::string>{};
  return texts_member(body, key);
}

// A token for a route that does not exist would be a token for nothing, and nobody would know.
Result<void> check_routes(const std::vector<std::string>& wanted) {
  const auto known = all_routes();
  for (const auto& use : wanted) {
    const bool exists = std::ranges::any_of(
        known, [&](const Route& route) { return use == route.method + " " + name_of(route); });
    if (exists) continue;
    return base::fail(Code::RequestMalformed,
                      {{"reason", "there is no route \"" + use + "\"; one is \"GET /api/v1/records/*\""},
                       {"reason.zh-CN", "没有接口“" + use + "”，写法如“GET /api/v1/records/*”"}},
                      {"", 0, 0, "/routes"});
  }
  return {};
}

Result<app::WantedToken> token_of(const std::string& account, const Json& body) {
  app::WantedToken wanted;
  wanted.account = account;
  const auto name = text_member(body, "name");
  if (!name) return base::pass(name);
  wanted.name = *name;
  const auto read_only = flag_member(body, "read_only", true);
  if (!read_only) return base::pass(read_only);
  wanted.read_only = *read_only;
  auto routes = optional_texts_member(body, "routes");
  if (!routes) return base::pass(std::move(routes));
  if (auto known = check_routes(*routes); !known) return base::pass(std::move(known));
  wanted.routes = std::move(*routes);
  const auto expires = date_member(body, "expires");
  if (!expires) return base::pass(expires);
  wanted.expires = *expires;
  return wanted;
}

// Put, not posted: answers to posts are kept for repetition, and this one holds a secret.
Result<Reply> put_token(app::Host& host, Exchange& exchange) {
  const auto wanted = token_of(exchange.captures[0], exchange.body);
  if (!wanted) return base::pass(wanted);
  return reply_with(
      host.execute(exchange.caller, app::create_token(exchange.caller.principal, *wanted)));
}

Result<Reply> get_tokens(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return reply_with(
      host.query(app::list_tokens(exchange.caller.principal, exchange.captures[0], *page)));
}

Result<Reply> delete_token(app::Host& host, Exchange& exchange) {
  return reply_with(host.execute(
      exchange.caller, app::revoke_token(exchange.caller.principal, exchange.captures[0],
                                         exchange.captures[1])));
}

Result<void> read_texts(const Json& body, app::WantedGrant& wanted) {
  using Grant = app::WantedGrant;
  for (const auto& [key, member] :
       {std::pair{"account", &Grant::account}, std::pair{"post", &Grant::post},
        std::pair{"below", &Grant::below}, std::pair{"tie", &Grant::tie}}) {
    auto text = optional_text_member(body, key);
    if (!text) return base::pass(std::move(text));
    wanted.*member = std::move(*text);
  }
  for (const auto& [key, member] :
       {std::pair{"module", &Grant::module}, std::pair{"type", &Grant::type},
        std::pair{"action", &Grant::action}, std::pair{"unit", &Grant::unit},
        std::pair{"sensitivity", &Grant::sensitivity}, std::pair{"reason", &Grant::reason}}) {
    auto text = text_member(body, key);
    if (!text) return base::pass(std::move(text));
    wanted.*member = std::move(*text);
  }
  return {};
}

Result<Reply> post_grant(app::Host& host, Exchange& exchange) {
  app::WantedGrant wanted;
  if (auto read = read_texts(exchange.body, wanted); !read) return base::pass(std::move(read));
  auto groups = optional_texts_member(exchange.body, "groups");
  if (!groups) return base::pass(std::move(groups));
  wanted.groups = std::move(*groups);
  const auto from = date_member(exchange.body, "valid_from");
  if (!from) return base::pass(from);
  wanted.valid_from = *from;
  const auto to = optional_date_member(exchange.body, "valid_to");
  if (!to) return base::pass(to);
  wanted.valid_to = *to;
  auto given =
      host.execute(exchange.caller, app::give_grant(exchange.caller.principal, wanted));
  if (!given) return base::pass(std::move(given));
  return Reply{std::move(*given), 201, {}};
}

Result<Reply> get_grants(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return reply_with(host.query(app::list_grants(exchange.caller.principal, *page)));
}

}  // namespace

std::vector<Route> access_routes() {
  return {
      {"GET", {"api", "v1", "accounts", "*", "tokens"}, Door::Signed, get_tokens},
      {"PUT", {"api", "v1", "accounts", "*", "tokens"}, Door::InPerson, put_token},
      {"DELETE", {"api", "v1", "accounts", "*", "tokens", "*"}, Door::Signed, delete_token},
      {"GET", {"api", "v1", "grants"}, Door::Signed, get_grants},
      {"POST", {"api", "v1", "grants"}, Door::InPerson, post_grant},
      {"POST", {"api", "v1", "grants", "*", "revoke"}, Door::InPerson, act_with_reason<app::revoke_grant>}};
}

}  // namespace zeren::http
