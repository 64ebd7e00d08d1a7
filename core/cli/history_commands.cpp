#include "base/digest.hpp"
#include "base/file.hpp"
#include "cli/context.hpp"
#include "cli/listing.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Result;

const std::string kHistory = "/api/v1/history/imports";

struct HistoryOptions {
  std::string module;
  std::filesystem::path file;
  bool dry_run = false;
  std::string import;
  std::string reason;
  std::vector<std::int64_t> rows;
};

Result<void> run_ledger_import(const Context& context, const HistoryOptions& options) {
  const auto bytes = base::read_file(options.file);
  if (!bytes) return base::pass(bytes);
  const Progress progress(word(context.reader(), "Importing", "正在导入"));
  return send(context, with_query(kHistory, {{"dry_run", options.dry_run ? "true" : ""}}),
              {{"module", options.module},
               {"file", options.file.filename().string()},
               {"bytes", base::to_base64(base::bytes_of(*bytes))}});
}

Result<void> run_ledger_imports(const Context& context, const HistoryOptions&) {
  return show_list(context, kHistory,
                   {{"id", "编号", "/id"}, {"module", "模块", "/module"}, {"file", "文件", "/file"},
                    {"rows", "行数", "/rows"}, {"by", "导入人", "/by"}, {"at", "时间", "/at"}});
}

Result<void> run_ledger_rows(const Context& context, const HistoryOptions& options) {
  return show_list(context, kHistory + "/" + options.import + "/rows",
                   {{"row", "行", "/row"}, {"unit", "单位", "/unit/name"}, {"rule", "事项代码", "/rule"},
                    {"title", "事项", "/title"}, {"person", "人员", "/person/name"},
                    {"period", "期间", "/period"}, {"due", "截止日", "/due"}, {"done", "完成日", "/done"},
                    {"result", "办理结果", "/result"}, {"document", "文号", "/document"},
                    {"remark", "备注", "/remark"}, {"struck out", "撤销原因", "/struck/reason"}});
}

Result<void> run_ledger_withdraw(const Context& context, const HistoryOptions& options) {
  Json body{{"reason", options.reason}};
  if (!options.rows.empty()) body["rows"] = options.rows;
  return send(context, kHistory + "/" + options.import + "/withdraw", body);
}

}  // namespace

void add_history_commands(CLI::App& ledger, Context& context) {
  const auto options = std::make_shared<HistoryOptions>();
  auto* import = ledger.add_subcommand("import");
  import->add_option("MODULE", options->module)->required();
  import->add_option("FILE", options->file)->required();
  import->add_flag("--dry-run", options->dry_run);
  auto* imports = ledger.add_subcommand("imports");
  auto* rows = ledger.add_subcommand("rows");
  auto* withdraw = ledger.add_subcommand("withdraw");
  for (auto* command : {rows, withdraw}) command->add_option("IMPORT", options->import)->required();
  withdraw->add_option("--row", options->rows);
  withdraw->add_option("--reason", options->reason)->required();
  choose(import, context, options, run_ledger_import);
  choose(imports, context, options, run_ledger_imports);
  choose(rows, context, options, run_ledger_rows);
  choose(withdraw, context, options, run_ledger_withdraw);
}

}  // namespace zeren::cli
