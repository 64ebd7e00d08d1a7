// What every command of the command line works with.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "base/messages.hpp"
#include "cli/gateway.hpp"

namespace zeren::cli {

/// How lists are printed.
enum class Format : std::uint8_t { Table, Json, Csv };

/// Filled by CLI11 before a command runs.
struct Context {
  std::filesystem::path data = "data";
  std::filesystem::path session;  ///< file of the session token; empty: the default for this folder
  std::string language;           ///< of LANG unless told
  std::string format = "table";
  bool json = false;              ///< `--json`, the same as `--format json`
  bool mark = false;              ///< CSV begins with a byte order mark
  std::function<base::Result<void>()> chosen;  ///< the command to run; none when only help was wanted

  base::Result<Gateway> gateway() const;
  std::filesystem::path token_file() const;
  base::Language reader() const { return base::language_of(language); }
  Format output() const;
};

/// Lets `command`, once it was parsed, run `run` with its options.
template <class Options>
void choose(CLI::App* command, Context& context, const std::shared_ptr<Options>& options,
            base::Result<void> (*run)(const Context&, const Options&)) {
  command->callback([&context, options, run] {
    context.chosen = [&context, options, run] { return run(context, *options); };
  });
}

/// Every option and command below `app`, without the words of their help (cli/help.hpp). `context` must outlive
/// the parse.
void add_commands(CLI::App& app, Context& context);

/// The groups of commands; each adds its own below `app`.
void add_host_commands(CLI::App& app, Context& context);        ///< init, serve
void add_doctor_command(CLI::App& app, Context& context);       ///< doctor
void add_session_commands(CLI::App& app, Context& context);     ///< sign-in, sign-out, session, me
void add_account_commands(CLI::App& app, Context& context);     ///< account …
void add_org_commands(CLI::App& app, Context& context);         ///< import, org units
void add_module_commands(CLI::App& app, Context& context);      ///< module …
void add_obligation_commands(CLI::App& app, Context& context);  ///< obligations …, derive
void add_link_commands(CLI::App& app, CLI::App& record, Context& context);  ///< record link …, catalogue
void add_record_commands(CLI::App& app, Context& context);      ///< record …, leg …
void add_history_commands(CLI::App& ledger, Context& context);     ///< below `ledger`
void add_attachment_commands(CLI::App& record, Context& context);  ///< below `record`
void add_document_commands(CLI::App& app, Context& context);    ///< document, statistics, obligations export
void add_duty_commands(CLI::App& app, Context& context);        ///< ledger, indicators, burden
void add_task_commands(CLI::App& app, Context& context);        ///< task …
void add_delivery_commands(CLI::App& app, Context& context);    ///< delivery …, webhook …, inbox …
/// config …, module waive, module waivers; after add_module_commands(), which makes `module`.
void add_rule_commands(CLI::App& app, Context& context);
void add_audit_commands(CLI::App& app, Context& context);       ///< audit verify, export, …
void add_access_commands(CLI::App& app, Context& context);      ///< token …, grant …
/// audit entries, audit entry; after add_audit_commands(), which makes `audit`.
void add_entry_commands(CLI::App& app, Context& context);
/// org posts, appoint, merge, …; after add_org_commands(), which makes `org`.
void add_unit_commands(CLI::App& app, Context& context);

}  // namespace zeren::cli
