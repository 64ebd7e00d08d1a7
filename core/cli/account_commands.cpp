#include "cli/checks.hpp"
#include "cli/context.hpp"
#include "cli/listing.hpp"
#include "cli/output.hpp"
#include "cli/password.hpp"

namespace zeren::cli {
namespace {

using base::Result;

constexpr auto kAccounts = "/api/v1/accounts";

struct AccountOptions {
  std::string name;
  std::string person;
  std::string administers;
  std::string reason;
};

Result<void> run_account_list(const Context& context, const AccountOptions&) {
  return show_list(context, kAccounts,
                   {{"account", "账号", "/name"},
                    {"person", "人员", "/person"},
                    {"administers", "管理职责", "/administers"},
                    {"disabled", "已停用", "/disabled"},
                    {"password to be changed", "待改密码", "/must_change_password"},
                    {"second factor", "动态口令", "/second_factor"}});
}

Result<void> run_account_create(const Context& context, const AccountOptions& options) {
  const auto password = read_password(context.reader());
  if (!password) return base::pass(password);
  return send(context, kAccounts,
              {{"name", options.name},
               {"person", options.person},
               {"administers", options.administers},
               {"password", *password}});
}

Result<void> run_end_sessions(const Context& context, const AccountOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->remove(std::string(kAccounts) + "/" + options.name + "/sessions"));
}

std::string path_of(const AccountOptions& options, const std::string& act) {
  return std::string(kAccounts) + "/" + options.name + "/" + act;
}

Result<void> run_reset_password(const Context& context, const AccountOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->put(path_of(options, "password"), {{"reason", options.reason}}));
}

void add_state_commands(CLI::App& account, Context& context, const std::shared_ptr<AccountOptions>& options) {
  const auto add = [&](const std::string& name) {
    auto* command = account.add_subcommand(name);
    command->add_option("NAME", options->name)->required();
    command->add_option("--reason", options->reason)->required();
    return command;
  };
  for (const std::string act : {"disable", "enable", "unlock", "reset-second-factor"}) {
    add(act)->callback([&context, options, act] {
      context.chosen = [&context, options, act] {
        return send(context, path_of(*options, act), {{"reason", options->reason}});
      };
    });
  }
  choose(add("reset-password"), context, options, run_reset_password);
}

}  // namespace

void add_account_commands(CLI::App& app, Context& context) {
  const auto options = std::make_shared<AccountOptions>();
  auto* account = app.add_subcommand("account")->require_subcommand(1);
  choose(account->add_subcommand("list"), context, options, run_account_list);
  auto* create = account->add_subcommand("create");
  auto* end = account->add_subcommand("end-sessions");
  for (auto* command : {create, end}) command->add_option("NAME", options->name)->required();
  create->add_option("--person", options->person);
  create->add_option("--administers", options->administers)
      ->check(one_of(context, {"none", "system", "security", "audit"}));
  choose(create, context, options, run_account_create);
  choose(end, context, options, run_end_sessions);
  add_state_commands(*account, context, options);
}

}  // namespace zeren::cli
