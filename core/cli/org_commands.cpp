#include <memory>

#include "app/setup.hpp"
#include "cli/context.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Result;

Result<void> run_import(const Context& context, const std::filesystem::path& folder) {
  const auto texts = app::read_import_folder(folder);
  if (!texts) return base::pass(texts);
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto counts =
      gateway->post("/api/v1/organisation/imports", {{"files", *texts}});
  if (!counts) return base::pass(counts);
  print_json(*counts);
  return {};
}

Result<void> print_list(const Context& context, const std::string& target,
                        const std::vector<std::string>& columns) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto list = gateway->get(target);
  if (!list) return base::pass(list);
  print(items_table(*list, columns, context.reader()));
  return {};
}

}  // namespace

void add_org_commands(CLI::App& app, Context& context) {
  auto* org = app.add_subcommand("org", "The organisation")->require_subcommand(1);
  auto* import = org->add_subcommand("import", "Import CSV files, all or nothing");
  const auto folder = std::make_shared<std::filesystem::path>();
  import->add_option("DIR", *folder, "Folder of units.csv, relations.csv, …")->required();
  import->callback([&context, folder] {
    context.chosen = [&context, folder] { return run_import(context, *folder); };
  });
  auto* units = org->add_subcommand("units", "The units that stand today");
  units->callback([&context] {
    context.chosen = [&context] {
      return print_list(context, "/api/v1/units", {"code", "name", "level", "kind"});
    };
  });
}

}  // namespace zeren::cli
