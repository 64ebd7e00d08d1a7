#include "app/setup.hpp"
#include "cli/context.hpp"
#include "cli/listing.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"

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
  const Progress progress(word(context.reader(), "Importing", "正在导入"));
  return send(context,
              with_query("/api/v1/organisation/imports", {{"dry_run", wanted.dry_run ? "true" : ""}}),
              {{"files", *texts}});
}

}  // namespace

void add_org_commands(CLI::App& app, Context& context) {
  auto* import = app.add_subcommand("import");
  const auto files = std::make_shared<Import>();
  import->add_option("DIR", files->folder)->required();
  import->add_flag("--dry-run", files->dry_run);
  choose(import, context, files, run_import);
  auto* org = app.add_subcommand("org")->require_subcommand(1);
  auto* units = org->add_subcommand("units");
  units->callback([&context] {
    context.chosen = [&context] {
      return show_list(context, "/api/v1/units",
                       {{"code", "代码", "/code"}, {"name", "名称", "/name"},
                        {"level", "层级", "/level", org::unit_levels},
                        {"kind", "类别", "/kind", org::unit_kinds}});
    };
  });
}

}  // namespace zeren::cli
