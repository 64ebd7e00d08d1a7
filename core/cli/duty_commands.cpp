#include <memory>

#include "cli/checks.hpp"
#include "cli/context.hpp"
#include "cli/listing.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Result;

struct DutyOptions {
  std::string module;
  std::string name;
  std::string unit;
  std::string period;
  std::string from;
  std::string to;
  std::string records_of, type, state;  // of the list of records
  std::filesystem::path out;
};

// What the name of the file says; a workbook unless it says CSV.
Result<void> save(const Context& context, const std::string& target, const DutyOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto* const format = options.out.extension() == ".csv" ? "csv" : "xlsx";
  if (auto saved = gateway->download(with_query(target, {{"format", format}}), options.out); !saved)
    return saved;
  print_line(options.out.string());
  return {};
}

// A column of a module's ledger: its head and its cells are of the answer.
std::vector<std::vector<std::string>> rows_of_ledger(const Json& ledger, base::Language reader) {
  std::vector<std::vector<std::string>> rows(1);
  for (const auto& column : ledger.at("columns"))
    rows[0].push_back(in_language(column.at("title"), reader));
  for (const auto& item : ledger.at("items")) {
    auto& row = rows.emplace_back();
    for (const auto& cell : item.at("cells")) row.push_back(cell_text(cell, reader));
  }
  return rows;
}

Result<void> run_module_ledger(const Context& context, const DutyOptions& options) {
  const auto target = with_query("/api/v1/ledgers/" + options.module + "/" + options.name,
                                 {{"unit", options.unit}, {"period", options.period}});
  if (!options.out.empty()) return save(context, target, options);
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto ledger = gateway->list(target);
  if (!ledger) return base::pass(ledger);
  print_rows(context, *ledger, rows_of_ledger(*ledger, context.reader()));
  return {};
}

// Without a name: which ones there are; without a module: the records, as `record list` has them.
Result<void> run_ledgers(const Context& context, const DutyOptions& options) {
  if (!options.name.empty()) return run_module_ledger(context, options);
  if (options.module.empty()) {
    return show_records(context, {{"module", options.records_of}, {"type", options.type}, {"unit", options.unit},
                                  {"period", options.period}, {"state", options.state}});
  }
  return show_list(context, with_query("/api/v1/ledgers", {{"module", options.module}}),
                   {{"name", "代码", "/name"}, {"title", "台账", "/title"}});
}

Result<void> run_indicators(const Context& context, const DutyOptions& options) {
  return show_list(context,
                   with_query("/api/v1/indicators", {{"module", options.module},
                                                     {"name", options.name},
                                                     {"unit", options.unit},
                                                     {"period", options.period}}),
                   {{"indicator", "指标", "/title"},
                    {"unit", "单位", "/unit/name"},
                    {"period", "期间", "/period"},
                    {"value", "数值", "/value"},
                    {"in", "计量单位", "/measure"},
                    {"of", "分子", "/of"},
                    {"out of", "分母", "/in"},
                    {"records", "记录", "/records"}});
}

Result<void> run_burden(const Context& context, const DutyOptions& options) {
  const auto target = with_query("/api/v1/burden", {{"unit", options.unit},
                                                    {"period", options.period},
                                                    {"from", options.from},
                                                    {"to", options.to}});
  if (!options.out.empty()) return save(context, target, options);
  return show_list(context, target,
                   {{"unit", "单位", "/unit/name"},
                    {"due", "到期事项", "/obligations"},
                    {"received", "收文签收", "/legs"},
                    {"tasks", "交办任务", "/tasks"},
                    {"other records", "其他记录", "/records"},
                    {"total", "合计", "/total"}});
}

}  // namespace

void add_duty_commands(CLI::App& app, Context& context) {
  const auto options = std::make_shared<DutyOptions>();
  auto* ledger = app.add_subcommand("ledger")->require_subcommand(0, 1);
  add_history_commands(*ledger, context);
  ledger->add_option("MODULE", options->module);
  ledger->add_option("NAME", options->name);
  ledger->add_option("--module", options->records_of);
  ledger->add_option("--type", options->type);
  ledger->add_option("--state", options->state);
  auto* indicators = app.add_subcommand("indicators");
  indicators->add_option("--module", options->module);
  indicators->add_option("--name", options->name);
  auto* burden = app.add_subcommand("burden");
  for (auto* command : {ledger, indicators, burden}) {
    command->add_option("--unit", options->unit);
    command->add_option("--period", options->period);
  }
  burden->add_option("--from", options->from)->check(a_day(context));
  burden->add_option("--to", options->to)->check(a_day(context));
  for (auto* command : {ledger, burden}) command->add_option("--out", options->out);
  // CLI11 runs the callbacks of the commands below first.
  ledger->callback([&context, options] {
    if (context.chosen) return;
    context.chosen = [&context, options] { return run_ledgers(context, *options); };
  });
  choose(indicators, context, options, run_indicators);
  choose(burden, context, options, run_burden);
}

}  // namespace zeren::cli
