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

// Before the server may stand a proxy on the same machine, for which everybody would be one source. It tells who knocked
// as the last of X-Forwarded-For; whatever stands before that, the client may have made up.
std::string source_of(const Request& request) {
  constexpr std::size_t kLongestAddress = 64;
  if (!request.source.starts_with("127.") && request.source != "::1") return request.source;
  const auto passed_on = header(request.headers, "x-forwarded-for");
  const auto begin = passed_on.find_last_of(", ") + 1;  // 0 when there is neither
  const auto last = passed_on.substr(begin, kLongestAddress);
  return last.empty() ? request.source : std::string(last);
}

Result<Reply> post_session(app::Host& host, Exchange& exchange) {
  const auto account = text_member(exchange.body, "account");
  if (!account) return base::pass(account);
  const auto password = text_member(exchange.body, "password");
  if (!password) return base::pass(password);
  const auto code = optional_text_member(exchange.body, "code");
  if (!code) return base::pass(code);
  auto opened = app::sign_in(host, {*account, *password, *code, source_of(exchange.request)},
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
