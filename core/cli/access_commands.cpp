#include <memory>
#include <string>
#include <vector>

#include "cli/context.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Result;

struct TokenOptions {
  std::string account;
  std::string name;
  std::string expires;
  std::string id;
  bool writes = false;
  std::vector<std::string> routes;
};

std::string tokens_of(const TokenOptions& token) {
  return "/api/v1/accounts/" + token.account + "/tokens";
}

Result<void> run_token_list(const Context& context, const TokenOptions& token) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto list = gateway->get(tokens_of(token));
  if (!list) return base::pass(list);
  print(items_table(*list, {"id", "name", "read_only", "created_at", "expires_at"}, context.reader()));
  return {};
}

Result<void> run_token_create(const Context& context, const TokenOptions& token) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->put(tokens_of(token), {{"name", token.name},
                                              {"expires", token.expires},
                                              {"read_only", !token.writes},
                                              {"routes", token.routes}}));
}

Result<void> run_token_revoke(const Context& context, const TokenOptions& token) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto done = gateway->remove(tokens_of(token) + "/" + token.id);
  if (!done) return base::pass(done);
  return {};
}

struct GrantOptions {
  std::string account, post, module, type, action = "read", unit, below, sensitivity = "internal",
                                          tie = "any", from, to, reason, id;
  std::vector<std::string> groups;
};

Result<void> run_grant_list(const Context& context, const GrantOptions&) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto list = gateway->get("/api/v1/grants");
  if (!list) return base::pass(list);
  print(items_table(*list,
                    {"id", "account", "post", "module", "type", "action", "below", "sensitivity",
                     "tie", "valid_from", "valid_to", "reason"},
                    context.reader()));
  return {};
}

Result<void> run_grant_add(const Context& context, const GrantOptions& grant) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  Json body{{"account", grant.account}, {"post", grant.post},       {"module", grant.module},
            {"type", grant.type},       {"action", grant.action},   {"unit", grant.unit},
            {"below", grant.below},     {"sensitivity", grant.sensitivity},
            {"tie", grant.tie},         {"valid_from", grant.from}, {"reason", grant.reason},
            {"groups", grant.groups}};
  if (!grant.to.empty()) body["valid_to"] = grant.to;
  return show(gateway->post("/api/v1/grants", body));
}

Result<void> run_grant_revoke(const Context& context, const GrantOptions& grant) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post("/api/v1/grants/" + grant.id + "/revoke", {{"reason", grant.reason}}));
}

void add_token_commands(CLI::App& app, Context& context) {
  auto* group = app.add_subcommand("token", "Tokens, by which machines work on an account")
                    ->require_subcommand(1);
  const auto token = std::make_shared<TokenOptions>();
  auto* list = group->add_subcommand("list", "Those in force, e.g. token list qinglan-clerk");
  auto* create = group->add_subcommand(
      "create", "Make one; it is shown once, e.g. token create qinglan-clerk 报表 --expires 2026-12-31");
  auto* revoke = group->add_subcommand("revoke", "End one, e.g. token revoke qinglan-clerk ID");
  for (auto* command : {list, create, revoke}) {
    command->add_option("ACCOUNT", token->account)->required();
  }
  create->add_option("NAME", token->name, "What it is for")->required();
  create->add_option("--expires", token->expires, "The last day")->required();
  create->add_flag("--writes", token->writes, "It may change things, too");
  create->add_option("--route", token->routes, "What it may be used for, e.g. \"GET /api/v1/records\"");
  revoke->add_option("ID", token->id)->required();
  choose(list, context, token, run_token_list);
  choose(create, context, token, run_token_create);
  choose(revoke, context, token, run_token_revoke);
}

void add_grant_options(CLI::App& add, GrantOptions& grant) {
  add.add_option("--account", grant.account, "To this account…");
  add.add_option("--post", grant.post, "…or to whoever holds this post");
  add.add_option("--module", grant.module)->required();
  add.add_option("--type", grant.type, "Record type of the module")->required();
  add.add_option("--action", grant.action, "read, or a step of the type")->capture_default_str();
  add.add_option("--unit", grant.unit, "Whose records")->required();
  add.add_option("--below", grant.below, "And of the units below: party_superior, discipline_superior");
  add.add_option("--sensitivity", grant.sensitivity, "The most sensitive that is seen")
      ->capture_default_str();
  add.add_option("--group", grant.groups, "Group of fields");
  add.add_option("--tie", grant.tie, "any, author, recipient, assignee")->capture_default_str();
  add.add_option("--from", grant.from, "The first day")->required();
  add.add_option("--to", grant.to, "The first day it is over");
  add.add_option("--reason", grant.reason)->required();
}

void add_grants(CLI::App& app, Context& context) {
  auto* group = app.add_subcommand("grant", "Rights beside those of a post (security administrator)")
                    ->require_subcommand(1);
  const auto grant = std::make_shared<GrantOptions>();
  auto* list = group->add_subcommand("list", "All in force or to come");
  auto* add = group->add_subcommand("add", "Give one");
  add_grant_options(*add, *grant);
  auto* revoke = group->add_subcommand("revoke", "Take one back, e.g. grant revoke ID --reason 调离");
  revoke->add_option("ID", grant->id)->required();
  revoke->add_option("--reason", grant->reason)->required();
  choose(list, context, grant, run_grant_list);
  choose(add, context, grant, run_grant_add);
  choose(revoke, context, grant, run_grant_revoke);
}

}  // namespace

void add_access_commands(CLI::App& app, Context& context) {
  add_token_commands(app, context);
  add_grants(app, context);
}

}  // namespace zeren::cli
