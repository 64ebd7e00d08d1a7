#include "cli/context.hpp"

#include <cstdlib>

#include "base/digest.hpp"
#include "cli/checks.hpp"

namespace zeren::cli {
namespace {

namespace fs = std::filesystem;

fs::path state_folder() {
  // NOLINTBEGIN(concurrency-mt-unsafe): nothing here ever sets a variable
  if (const char* state = std::getenv("XDG_STATE_HOME")) return fs::path(state) / "zeren";
  const char* home = std::getenv("HOME");
  // NOLINTEND(concurrency-mt-unsafe)
  return fs::path(home == nullptr ? "." : home) / ".local" / "state" / "zeren";
}

}  // namespace

base::Result<Gateway> Context::gateway() const {
  return Gateway::open(data, token_file(), language);
}

fs::path Context::token_file() const {
  if (!session.empty()) return session;
  // One session per data folder.
  constexpr std::size_t kShort = 16;
  const auto name = base::to_hex(base::sha256(fs::absolute(data).string())).substr(0, kShort);
  return state_folder() / (name + ".token");
}

Format Context::output() const {
  if (json || format == "json") return Format::Json;
  return format == "csv" ? Format::Csv : Format::Table;
}

void add_commands(CLI::App& app, Context& context) {
  app.require_subcommand(0, 1);
  app.fallthrough();
  // Said twice, as after an alias, the last counts.
  app.add_option("--data", context.data)->take_last()->capture_default_str();
  app.add_option("--session", context.session)->take_last();
  app.add_option("--language", context.language)->take_last()->check(one_of(context, {"en", "zh-CN"}));
  app.add_option("--format", context.format)->take_last()->check(one_of(context, {"table", "json", "csv"}));
  app.add_flag("--json", context.json);
  app.add_flag("--bom", context.mark);
  add_host_commands(app, context);
  add_doctor_command(app, context);
  add_session_commands(app, context);
  add_account_commands(app, context);
  add_access_commands(app, context);
  add_org_commands(app, context);
  add_unit_commands(app, context);
  add_module_commands(app, context);
  add_obligation_commands(app, context);
  add_record_commands(app, context);
  add_duty_commands(app, context);
  add_document_commands(app, context);
  add_task_commands(app, context);
  add_delivery_commands(app, context);
  add_rule_commands(app, context);
  add_audit_commands(app, context);
  add_entry_commands(app, context);
}

}  // namespace zeren::cli
