#include <memory>

#include "cli/context.hpp"
#include "cli/listing.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Result;

std::string path_of(const std::string& module) { return "/api/v1/modules/" + module; }

Result<void> run_module_list(const Context& context) {
  return show_list(context, "/api/v1/modules",
                   {{"id", "标识", "/id"}, {"name", "名称", "/name"}, {"version", "版本", "/version"},
                    {"state", "状态", "/state_title"}, {"reason", "原因", "/reason"}});
}

struct Wanted {
  std::string module;
  std::string issuer;
  std::string from;
  std::string reason;
};

/// A command about one MODULE that runs `run` with what was asked for.
template <class Run>
CLI::App* about_module(CLI::App& group, const char* name, Context& context,
                       const std::shared_ptr<Wanted>& wanted, Run run) {
  auto* command = group.add_subcommand(name);
  command->add_option("MODULE", wanted->module)->required();
  command->callback([&context, wanted, run] {
    context.chosen = [&context, wanted, run] { return run(context, *wanted); };
  });
  return command;
}

}  // namespace

void add_module_commands(CLI::App& app, Context& context) {
  auto* module = app.add_subcommand("module")->require_subcommand(1);
  auto* list = module->add_subcommand("list");
  list->callback([&context] { context.chosen = [&context] { return run_module_list(context); }; });
  auto* prune = module->add_subcommand("prune");
  prune->callback([&context] {
    context.chosen = [&context] { return send(context, "/api/v1/modules/prune", Json::object()); };
  });

  const auto wanted = std::make_shared<Wanted>();
  about_module(*module, "show", context, wanted, [](const Context& at, const Wanted& asked) {
    return show_one(at, path_of(asked.module));
  });
  about_module(*module, "verify", context, wanted, [](const Context& at, const Wanted& asked) {
    return show_one(at, path_of(asked.module) + "/verification");
  });
  auto* enable = about_module(
      *module, "enable", context, wanted, [](const Context& at, const Wanted& asked) {
        auto body = Json::object();
        if (!asked.issuer.empty()) body["issuer"] = asked.issuer;
        if (!asked.from.empty()) body["enabled_from"] = asked.from;
        return send(at, path_of(asked.module) + "/enable", body);
      });
  enable->add_option("--issuer", wanted->issuer);
  enable->add_option("--from", wanted->from);
  auto* disable = about_module(
      *module, "disable", context, wanted, [](const Context& at, const Wanted& asked) {
        return send(at, path_of(asked.module) + "/disable", {{"reason", asked.reason}});
      });
  disable->add_option("--reason", wanted->reason)->required();
  auto* release = about_module(
      *module, "release", context, wanted, [](const Context& at, const Wanted& asked) {
        return send(at, path_of(asked.module) + "/release", {{"reason", asked.reason}});
      });
  release->add_option("--reason", wanted->reason)->required();
}

}  // namespace zeren::cli
