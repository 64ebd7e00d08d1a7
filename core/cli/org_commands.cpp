#include <memory>

#include "app/setup.hpp"
#include "cli/context.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Result;

struct Import {
  std::filesystem::path folder;
  bool dry_run = false;
};

Result<void> run_import(const Context& context, const Import& wanted) {
  const auto texts = app::read_import_folder(wanted.folder);
  if (!texts) return base::pass(texts);
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const std::string query = wanted.dry_run ? "?dry_run=true" : "";
  const auto counts = gateway->post("/api/v1/organisation/imports" + query, {{"files", *texts}});
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
  const auto files = std::make_shared<Import>();
  import->add_option("DIR", files->folder, "Folder of units.csv, relations.csv, …")->required();
  import->add_flag("--dry-run", files->dry_run, "Say what would change, and change nothing");
  import->callback([&context, files] {
    context.chosen = [&context, files] { return run_import(context, *files); };
  });
  auto* units = org->add_subcommand("units", "The units that stand today");
  units->callback([&context] {
    context.chosen = [&context] {
      return print_list(context, "/api/v1/units", {"code", "name", "level", "kind"});
    };
  });
}

}  // namespace zeren::cli
