#include <memory>

#include "cli/context.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Result;

Result<Json> ask(const Context& context, const std::string& target) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return gateway->get(target);
}

std::string path_of(const std::string& module) { return "/api/v1/modules/" + module; }

Result<void> run_list(const Context& context) {
  const auto list = ask(context, "/api/v1/modules");
  if (!list) return base::pass(list);
  print(items_table(*list, {"id", "name", "version", "state", "reason"}, context.reader()));
  return {};
}

Result<void> print_answer(const Context& context, const std::string& target) {
  const auto answer = ask(context, target);
  if (!answer) return base::pass(answer);
  print_json(*answer);
  return {};
}

Result<void> send(const Context& context, const std::string& target, const Json& body) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto answer = gateway->post(target, body);
  if (!answer) return base::pass(answer);
  print_json(*answer);
  return {};
}

struct Wanted {
  std::string module;
  std::string issuer;
  std::string from;
  std::string reason;
};

/// A command about one MODULE that runs `run` with what was asked for.
template <class Run>
CLI::App* about_module(CLI::App& group, const char* name, const char* purpose, Context& context,
                       const std::shared_ptr<Wanted>& wanted, Run run) {
  auto* command = group.add_subcommand(name, purpose);
  command->add_option("MODULE", wanted->module)->required();
  command->callback([&context, wanted, run] {
    context.chosen = [&context, wanted, run] { return run(context, *wanted); };
  });
  return command;
}

}  // namespace

void add_module_commands(CLI::App& app, Context& context) {
  auto* module = app.add_subcommand("module", "Institutions")->require_subcommand(1);
  auto* list = module->add_subcommand("list", "The packages present, and what is in force");
  list->callback([&context] { context.chosen = [&context] { return run_list(context); }; });
  auto* prune = module->add_subcommand("prune", "Remove packages that are approved no more");
  prune->callback([&context] {
    context.chosen = [&context] { return send(context, "/api/v1/modules/prune", Json::object()); };
  });

  const auto wanted = std::make_shared<Wanted>();
  about_module(*module, "show", "One module: its state and the package that is approved", context,
               wanted, [](const Context& at, const Wanted& asked) {
                 return print_answer(at, path_of(asked.module));
               });
  about_module(*module, "verify", "Hash every file of the approved package again", context, wanted,
               [](const Context& at, const Wanted& asked) {
                 return print_answer(at, path_of(asked.module) + "/verification");
               });
  auto* enable =
      about_module(*module, "enable", "Introduce a module, or approve its new package", context,
                   wanted, [](const Context& at, const Wanted& asked) {
                     return send(at, path_of(asked.module) + "/enable",
                                 {{"issuer", asked.issuer}, {"enabled_from", asked.from}});
                   });
  enable->add_option("--issuer", wanted->issuer, "Code of the unit that introduces it")->required();
  enable->add_option("--from", wanted->from, "First day, as 2026-01-01")->required();
  auto* release = about_module(
      *module, "release", "End the quarantine of a module that ran when the host crashed", context,
      wanted, [](const Context& at, const Wanted& asked) {
        return send(at, path_of(asked.module) + "/release", {{"reason", asked.reason}});
      });
  release->add_option("--reason", wanted->reason, "What was found out; kept in the log")
      ->required();
}

}  // namespace zeren::cli
