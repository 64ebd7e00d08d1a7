#include <memory>

#include "app/setup.hpp"
#include "cli/context.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"

namespace zeren::cli {
namespace {

using base::Json;
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
  std::vector<std::vector<std::string>> rows{columns};
  for (const auto& item : list->at("items")) {
    std::vector<std::string> row;
    for (const auto& column : columns) {
      const auto value = item.value(column, Json(""));
      row.push_back(value.is_object() ? in_language(value, context.reader())
                                      : value.get<std::string>());
    }
    rows.push_back(std::move(row));
  }
  print(table(rows));
  return {};
}

struct Enable {
  std::string module;
  std::string issuer;
  std::string from;
};

Result<void> run_enable(const Context& context, const Enable& wanted) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto enabled = gateway->post("/api/v1/modules/" + wanted.module + "/enable",
                                     {{"issuer", wanted.issuer}, {"enabled_from", wanted.from}});
  if (!enabled) return base::pass(enabled);
  print_json(*enabled);
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

  auto* module = app.add_subcommand("module", "Institutions")->require_subcommand(1);
  auto* list = module->add_subcommand("list", "The packages present");
  list->callback([&context] {
    context.chosen = [&context] {
      return print_list(context, "/api/v1/modules", {"id", "name", "version", "state"});
    };
  });
  auto* enable = module->add_subcommand("enable", "Introduce a module, or approve its new package");
  const auto wanted = std::make_shared<Enable>();
  enable->add_option("MODULE", wanted->module)->required();
  enable->add_option("--issuer", wanted->issuer, "Code of the unit that introduces it")->required();
  enable->add_option("--from", wanted->from, "First day, as 2026-01-01")->required();
  enable->callback([&context, wanted] {
    context.chosen = [&context, wanted] { return run_enable(context, *wanted); };
  });
}

}  // namespace zeren::cli
