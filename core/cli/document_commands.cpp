#include <array>
#include <memory>

#include "cli/checks.hpp"
#include "cli/context.hpp"
#include "cli/listing.hpp"
#include "cli/output.hpp"

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
  if (auto fetched = gateway->download(target, out); !fetched) return fetched;
  print_line(out.string());
  return {};
}

org::CodeTable document_kinds() {
  static constexpr auto kKinds = std::to_array<org::CodeTitle>({{"report", "Report", "上行文"},
                                                                {"notice", "Notice", "下行文、平行文"},
                                                                {"letter", "Letter", "信函"},
                                                                {"minutes", "Minutes", "纪要"},
                                                                {"table", "Table", "表格"}});
  return kKinds;
}

Result<void> run_list(const Context& context, const DocumentOptions& options) {
  return show_list(context, "/api/v1/records/" + options.record + "/documents",
                   {{"key", "代码", "/key"}, {"title", "文书", "/title"}, {"kind", "类别", "/kind", document_kinds}});
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

Result<void> run_export(const Context& context, const DocumentOptions& options) {
  return fetch(context, "/api/v1/obligations" + filters(options) + "&module=" + options.module, options,
               "obligations." + options.format);
}

Result<void> run_statistics(const Context& context, const DocumentOptions& options) {
  return fetch(context, "/api/v1/modules/" + options.module + "/tables/" + options.key + filters(options),
               options, options.key + "." + options.format);
}

void add_filters(CLI::App* command, DocumentOptions& options, const Context& context) {
  command->add_option("--unit", options.unit);
  command->add_option("--light", options.light)
      ->check(one_of(context, {"red", "yellow", "blue", "grey", "purple", "green"}));
  command->add_option("--period", options.period);
  command->add_option("--format", options.format);
  command->add_option("--out", options.out);
}

}  // namespace

void add_document_commands(CLI::App& app, Context& context) {
  const auto options = std::make_shared<DocumentOptions>();
  options->format = "pdf";
  auto* document = app.add_subcommand("document");
  document->add_option("RECORD", options->record)->required();
  document->add_option("KEY", options->key);
  document->add_option("--format", options->format)->check(one_of(context, {"html", "pdf", "docx"}));
  document->add_option("--out", options->out);
  choose(document, context, options, run_document);

  const auto tables = std::make_shared<DocumentOptions>();
  tables->format = "xlsx";
  auto* exported = app.get_subcommand("obligations")->add_subcommand("export");
  exported->add_option("--module", tables->module);
  add_filters(exported, *tables, context);
  exported->get_option("--format")->check(one_of(context, {"xlsx", "csv"}));
  choose(exported, context, tables, run_export);
  auto* statistics = app.add_subcommand("statistics");
  statistics->add_option("MODULE", tables->module)->required();
  statistics->add_option("TABLE", tables->key)->required();
  add_filters(statistics, *tables, context);
  statistics->get_option("--format")->check(one_of(context, {"xlsx", "csv", "html", "pdf", "docx"}));
  choose(statistics, context, tables, run_statistics);
}

}  // namespace zeren::cli
