#include <memory>
#include <string>
#include <vector>

#include "cli/checks.hpp"
#include "cli/context.hpp"
#include "cli/listing.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Result;

constexpr auto kGrants = "/api/v1/grants";

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
  return show_list(context, tokens_of(token),
                   {{"id", "编号", "/id"}, {"name", "名称", "/name"}, {"read only", "只读", "/read_only"},
                    {"routes", "接口", "/routes"}, {"created", "建立时间", "/created_at"},
                    {"expires", "到期时间", "/expires_at"}});
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
  std::string account, post, module, type, unit, below, from, to, reason, id;
  std::string action = "read";
  std::string sensitivity = "internal";
  std::string tie = "any";
  std::vector<std::string> groups;
};

Result<void> run_grant_list(const Context& context, const GrantOptions&) {
  return show_list(context, kGrants,
                   {{"id", "编号", "/id"}, {"account", "账号", "/account"}, {"post", "职务", "/post"},
                    {"module", "模块", "/module"}, {"type", "记录类型", "/type"},
                    {"action", "步骤", "/action"}, {"unit", "单位", "/unit/name"},
                    {"below", "下级范围", "/below"}, {"sensitivity", "敏感程度", "/sensitivity"},
                    {"tie", "关联", "/tie"}, {"from", "起始日", "/valid_from"},
                    {"to", "终止日", "/valid_to"}, {"reason", "理由", "/reason"}});
}

Result<void> run_grant_add(const Context& context, const GrantOptions& grant) {
  Json body{{"account", grant.account}, {"post", grant.post},       {"module", grant.module},
            {"type", grant.type},       {"action", grant.action},   {"unit", grant.unit},
            {"below", grant.below},     {"sensitivity", grant.sensitivity},
            {"tie", grant.tie},         {"valid_from", grant.from}, {"reason", grant.reason},
            {"groups", grant.groups}};
  if (!grant.to.empty()) body["valid_to"] = grant.to;
  return send(context, kGrants, body);
}

Result<void> run_grant_revoke(const Context& context, const GrantOptions& grant) {
  return send(context, std::string(kGrants) + "/" + grant.id + "/revoke", {{"reason", grant.reason}});
}

void add_token_commands(CLI::App& app, Context& context) {
  auto* group = app.add_subcommand("token")->require_subcommand(1);
  const auto token = std::make_shared<TokenOptions>();
  auto* list = group->add_subcommand("list");
  auto* create = group->add_subcommand("create");
  auto* revoke = group->add_subcommand("revoke");
  for (auto* command : {list, create, revoke}) {
    command->add_option("ACCOUNT", token->account)->required();
  }
  create->add_option("NAME", token->name)->required();
  create->add_option("--expires", token->expires)->required();
  create->add_flag("--writes", token->writes);
  create->add_option("--route", token->routes);
  revoke->add_option("ID", token->id)->required();
  choose(list, context, token, run_token_list);
  choose(create, context, token, run_token_create);
  choose(revoke, context, token, run_token_revoke);
}

void add_grant_options(CLI::App& add, GrantOptions& grant, const Context& context) {
  add.add_option("--account", grant.account);
  add.add_option("--post", grant.post);
  add.add_option("--module", grant.module)->required();
  add.add_option("--type", grant.type)->required();
  add.add_option("--action", grant.action)->capture_default_str();
  add.add_option("--unit", grant.unit)->required();
  add.add_option("--below", grant.below)->check(one_of(context, {"party_superior", "discipline_superior"}));
  add.add_option("--sensitivity", grant.sensitivity)
      ->capture_default_str()
      ->check(one_of(context, {"public", "internal", "sensitive"}));
  add.add_option("--group", grant.groups);
  add.add_option("--tie", grant.tie)
      ->capture_default_str()
      ->check(one_of(context, {"any", "author", "recipient", "assignee"}));
  add.add_option("--from", grant.from)->required()->check(a_day(context));
  add.add_option("--to", grant.to)->check(a_day(context));
  add.add_option("--reason", grant.reason)->required();
}

void add_grants(CLI::App& app, Context& context) {
  auto* group = app.add_subcommand("grant")->require_subcommand(1);
  const auto grant = std::make_shared<GrantOptions>();
  auto* list = group->add_subcommand("list");
  auto* add = group->add_subcommand("add");
  add_grant_options(*add, *grant, context);
  auto* revoke = group->add_subcommand("revoke");
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
