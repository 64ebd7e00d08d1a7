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
  const auto code = optional_text_member(exchange.body, "code");
  if (!code) return base::pass(code);
  auto opened = app::sign_in(host, {*account, *password, *code, exchange.request.source},
                             exchange.caller.request);
  if (!opened) return base::pass(std::move(opened));
  const bool secure = header(exchange.request.headers, "x-forwarded-proto") == "https";
  Reply reply{std::move(*opened), 201, {}};
  reply.headers["set-cookie"] = set_session_cookie(reply.body["token"].get<std::string>(), secure);
  return reply;
}

Result<Reply> delete_session(app::Host& host, Exchange& exchange) {
  auto closed = host.execute(exchange.caller, app::end_own_session(exchange.caller.principal, ""));
  if (!closed) return base::pass(std::move(closed));
  return Reply{std::move(*closed), 200, {{"set-cookie", clear_session_cookie()}}};
}

Result<Reply> get_me(app::Host& host, Exchange& exchange) {
  auto me = host.query(app::show_caller(exchange.caller.principal));
  if (!me) return base::pass(std::move(me));
  if (!exchange.caller.principal.csrf.empty()) (*me)["csrf"] = exchange.caller.principal.csrf;
  return Reply{std::move(*me), 200, {}};
}

}  // namespace

std::vector<Route> session_routes() {
  return {{"POST", {"api", "v1", "sessions"}, Door::Open, post_session},
          {"DELETE", {"api", "v1", "sessions", "current"}, Door::Signed, delete_session},
          {"GET", {"api", "v1", "me"}, Door::Signed, get_me}};
}

}  // namespace zeren::http
