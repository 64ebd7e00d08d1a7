#include <memory>

#include "base/file.hpp"
#include "cli/context.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"

namespace zeren::cli {
namespace {

using base::Result;

struct DocumentOptions {
  std::string record;
  std::string key;
  std::string module;
  std::string unit;
  std::string light;
  std::string period;
  std::string format;
  std::filesystem::path out;
};

// Into the file asked for, or one called `otherwise` where the user stands.
Result<void> fetch(const Context& context, const std::string& target, const DocumentOptions& options,
                   const std::string& otherwise) {
  const auto out = options.out.empty() ? std::filesystem::path(otherwise) : options.out;
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto bytes = gateway->download(target);
  if (!bytes) return base::pass(bytes);
  if (auto written = base::write_file(out, *bytes); !written) return written;
  print_line(out.string());
  return {};
}

Result<void> run_list(const Context& context, const DocumentOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto list = gateway->get("/api/v1/records/" + options.record + "/documents");
  if (!list) return base::pass(list);
  print(items_table(*list, {"key", "title", "kind"}, context.reader()));
  return {};
}

Result<void> run_document(const Context& context, const DocumentOptions& options) {
  if (options.key.empty()) return run_list(context, options);
  return fetch(
      context,
      "/api/v1/records/" + options.record + "/documents/" + options.key + "?format=" + options.format,
      options, options.key + "." + options.format);
}

std::string filters(const DocumentOptions& options) {
  return "?format=" + options.format + "&unit=" + options.unit + "&light=" + options.light +
         "&period=" + options.period;
}

Result<void> run_ledger(const Context& context, const DocumentOptions& options) {
  return fetch(context, "/api/v1/obligations" + filters(options) + "&module=" + options.module, options,
               "ledger." + options.format);
}

Result<void> run_statistics(const Context& context, const DocumentOptions& options) {
  return fetch(context, "/api/v1/modules/" + options.module + "/tables/" + options.key + filters(options),
               options, options.key + "." + options.format);
}

void add_filters(CLI::App* command, DocumentOptions& options) {
  command->add_option("--unit", options.unit, "Code of the unit that owes");
  command->add_option("--light", options.light, "red, yellow, blue, grey, purple or green");
  command->add_option("--period", options.period, "Such as 2025");
}

}  // namespace

void add_document_commands(CLI::App& app, Context& context) {
  const auto options = std::make_shared<DocumentOptions>();
  auto* document = app.add_subcommand("document", "A record as an official document");
  document->add_option("RECORD", options->record)->required();
  document->add_option("KEY", options->key, "Which; without, those that there are");
  document->add_option("--format", options->format, "html, pdf or docx");
  document->footer("Example: zeren document 0190… report --format docx --out report.docx");

  const auto tables = std::make_shared<DocumentOptions>();
  auto* ledger = app.add_subcommand("ledger", "What is owed, as a workbook");
  ledger->add_option("--module", tables->module, "Of one institution");
  auto* statistics =
      app.add_subcommand("statistics", "A table that a module computes, as a workbook or a document");
  statistics->add_option("MODULE", tables->module)->required();
  statistics->add_option("TABLE", tables->key)->required();
  for (auto* command : {ledger, statistics}) {
    command->add_option("--format", tables->format, "xlsx or csv; of statistics also html, pdf, docx");
    add_filters(command, *tables);
  }
  document->add_option("--out", options->out, "File to write");
  ledger->add_option("--out", tables->out, "File to write");
  statistics->add_option("--out", tables->out, "File to write");
  ledger->footer("Example: zeren ledger --light red --format xlsx --out overdue.xlsx");
  statistics->footer("Example: zeren statistics dual_reports statistics --format pdf --out table.pdf");
  options->format = "pdf";
  tables->format = "xlsx";
  choose(document, context, options, run_document);
  choose(ledger, context, tables, run_ledger);
  choose(statistics, context, tables, run_statistics);
}

}  // namespace zeren::cli
