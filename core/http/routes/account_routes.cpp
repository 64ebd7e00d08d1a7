#include "app/commands/account_commands.hpp"
#include "app/commands/account_state_commands.hpp"
#include "app/queries/access_queries.hpp"
#include "app/queries/host_queries.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/page_parameters.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using base::Code;
using base::Json;
using base::Result;

Result<access::Administers> administers_member(const Json& body) {
  const auto name = optional_text_member(body, "administers");
  if (!name) return base::pass(name);
  if (name->empty() || *name == "none") return access::Administers::Nothing;
  if (*name == "system" || *name == "security" || *name == "audit") {
    return access::administers_from(*name);
  }
  return base::fail(Code::RequestMalformed,
                    {{"reason", "\"administers\" is none, system, security or audit"},
                     {"reason.zh-CN", "administers 只能是 none、system、security 或 audit"}});
}

Result<Reply> get_accounts(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return reply_with(host.query(app::list_accounts(exchange.caller.principal, *page)));
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

Result<Reply> delete_account_sessions(app::Host& host, Exchange& exchange) {
  return reply_with(host.execute(
      exchange.caller, app::end_sessions_of(exchange.caller.principal, exchange.captures[0])));
}

Result<app::AccountAct> account_act(const Exchange& exchange) {
  auto reason = text_member(exchange.body, "reason");
  if (!reason) return base::pass(std::move(reason));
  return app::AccountAct{exchange.captures[0], std::move(*reason)};
}

template <app::Command (*kCommand)(const access::Principal&, const app::AccountAct&)>
Result<Reply> post_account_act(app::Host& host, Exchange& exchange) {
  const auto act = account_act(exchange);
  if (!act) return base::pass(act);
  return reply_with(host.execute(exchange.caller, kCommand(exchange.caller.principal, *act)));
}

Result<Reply> post_unlocking(app::Host& host, Exchange& exchange) {
  const auto act = account_act(exchange);
  if (!act) return base::pass(act);
  return reply_with(app::unlock_account(host, exchange.caller, *act));
}

Result<Reply> put_account_password(app::Host& host, Exchange& exchange) {
  const auto act = account_act(exchange);
  if (!act) return base::pass(act);
  return reply_with(app::reset_password(host, exchange.caller, *act));
}

Result<Reply> get_own_sessions(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return reply_with(host.query(app::list_own_sessions(exchange.caller.principal, *page)));
}

Result<Reply> delete_own_session(app::Host& host, Exchange& exchange) {
  return reply_with(host.execute(
      exchange.caller, app::end_own_session(exchange.caller.principal, exchange.captures[0])));
}

Result<Reply> put_password(app::Host& host, Exchange& exchange) {
  const auto current = text_member(exchange.body, "current");
  if (!current) return base::pass(current);
  const auto wanted = text_member(exchange.body, "new");
  if (!wanted) return base::pass(wanted);
  return reply_with(app::change_password(host, exchange.caller, *current, *wanted));
}

Result<Reply> put_second_factor(app::Host& host, Exchange& exchange) {
  return reply_with(
      host.execute(exchange.caller, app::offer_second_factor(exchange.caller.principal)));
}

Result<Reply> put_confirmation(app::Host& host, Exchange& exchange) {
  const auto code = text_member(exchange.body, "code");
  if (!code) return base::pass(code);
  return reply_with(app::confirm_second_factor(host, exchange.caller, *code));
}

Result<Reply> put_removal(app::Host& host, Exchange& exchange) {
  const auto code = text_member(exchange.body, "code");
  if (!code) return base::pass(code);
  return reply_with(app::remove_second_factor(host, exchange.caller, *code));
}

}  // namespace

// The second factor and a new password are put, not posted: answers to posts are kept for repetition, and a secret is not.
std::vector<Route> account_routes() {
  return {
      {"GET", {"api", "v1", "accounts"}, Door::Signed, get_accounts},
      {"POST", {"api", "v1", "accounts"}, Door::InPerson, post_account},
      {"DELETE", {"api", "v1", "accounts", "*", "sessions"}, Door::Signed, delete_account_sessions},
      {"PUT", {"api", "v1", "accounts", "*", "password"}, Door::InPerson, put_account_password},
      {"POST", {"api", "v1", "accounts", "*", "disable"}, Door::InPerson, post_account_act<app::disable_account>},
      {"POST", {"api", "v1", "accounts", "*", "enable"}, Door::InPerson, post_account_act<app::enable_account>},
      {"POST", {"api", "v1", "accounts", "*", "unlock"}, Door::InPerson, post_unlocking},
      {"POST", {"api", "v1", "accounts", "*", "reset-second-factor"}, Door::InPerson,
       post_account_act<app::reset_second_factor>},
      {"GET", {"api", "v1", "me", "sessions"}, Door::Signed, get_own_sessions},
      {"DELETE", {"api", "v1", "me", "sessions", "*"}, Door::Signed, delete_own_session},
      {"PUT", {"api", "v1", "me", "password"}, Door::InPerson, put_password},
      {"PUT", {"api", "v1", "me", "second-factor"}, Door::InPerson, put_second_factor},
      {"PUT", {"api", "v1", "me", "second-factor", "confirmation"}, Door::InPerson, put_confirmation},
      {"PUT", {"api", "v1", "me", "second-factor", "removal"}, Door::InPerson, put_removal}};
}

}  // namespace zeren::http
