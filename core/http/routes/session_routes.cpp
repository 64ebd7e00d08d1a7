#include "app/commands/account_commands.hpp"
#include "app/queries/host_queries.hpp"
#include "http/cookie.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using base::Code;
using base::Json;
using base::Result;

Result<Reply> post_session(app::Host& host, Exchange& exchange) {
  const auto account = text_member(exchange.body, "account");
  if (!account) return base::pass(account);
  const auto password = text_member(exchange.body, "password");
  if (!password) return base::pass(password);
  auto opened = app::sign_in(host, *account, *password, exchange.request.source,
                             exchange.caller.request);
  if (!opened) return base::pass(std::move(opened));
  const bool secure = header(exchange.request.headers, "x-forwarded-proto") == "https";
  Reply reply{std::move(*opened), 201, {}};
  reply.headers["set-cookie"] = set_session_cookie(reply.body["token"].get<std::string>(), secure);
  return reply;
}

Result<Reply> delete_session(app::Host& host, Exchange& exchange) {
  auto closed = host.execute(exchange.caller, app::sign_out(exchange.caller.principal));
  if (!closed) return base::pass(std::move(closed));
  return Reply{std::move(*closed), 200, {{"set-cookie", clear_session_cookie()}}};
}

Result<Reply> get_me(app::Host& host, Exchange& exchange) {
  auto me = host.query(app::show_caller(exchange.caller.principal));
  if (!me) return base::pass(std::move(me));
  if (!exchange.caller.principal.csrf.empty()) (*me)["csrf"] = exchange.caller.principal.csrf;
  return Reply{std::move(*me), 200, {}};
}

Result<access::Administers> administers_member(const Json& body) {
  const auto name = optional_text_member(body, "administers");
  if (!name) return base::pass(name);
  if (name->empty() || *name == "none") return access::Administers::Nothing;
  if (*name == "system" || *name == "security" || *name == "audit") {
    return access::administers_from(*name);
  }
  return base::fail(Code::RequestMalformed,
                    {{"reason", "\"administers\" is none, system, security or audit"}});
}

Result<Reply> post_account(app::Host& host, Exchange& exchange) {
  app::NewAccount wanted;
  for (auto [key, target] : {std::pair{"name", &wanted.name}, std::pair{"person", &wanted.person},
                             std::pair{"password", &wanted.password}}) {
    auto text = optional_text_member(exchange.body, key);
    if (!text) return base::pass(std::move(text));
    *target = std::move(*text);
  }
  const auto administers = administers_member(exchange.body);
  if (!administers) return base::pass(administers);
  wanted.administers = *administers;
  const auto command = app::create_account(host, exchange.caller.principal, wanted);
  if (!command) return base::pass(command);
  auto made = host.execute(exchange.caller, *command);
  if (!made) return base::pass(std::move(made));
  return Reply{std::move(*made), 201, {}};
}

}  // namespace

std::vector<Route> session_routes() {
  return {{"POST", {"api", "v1", "sessions"}, Door::Open, post_session},
          {"DELETE", {"api", "v1", "sessions", "current"}, Door::Signed, delete_session},
          {"GET", {"api", "v1", "me"}, Door::Signed, get_me},
          {"POST", {"api", "v1", "accounts"}, Door::Signed, post_account}};
}

}  // namespace zeren::http
