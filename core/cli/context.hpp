// What every command of the command line works with.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "base/messages.hpp"
#include "cli/gateway.hpp"

namespace zeren::cli {

/// Filled by CLI11 before a command runs.
struct Context {
  std::filesystem::path data = "data";
  std::filesystem::path session;  ///< file of the session token; empty: the default for this folder
  std::string language;           ///< of LANG unless told
  std::function<base::Result<void>()> chosen;  ///< the command to run

  base::Result<Gateway> gateway() const;
  std::filesystem::path token_file() const;
  base::Language reader() const { return base::language_of(language); }
};

/// Lets `command`, once it was parsed, run `run` with its options.
template <class Options>
void choose(CLI::App* command, Context& context, const std::shared_ptr<Options>& options,
            base::Result<void> (*run)(const Context&, const Options&)) {
  command->callback([&context, options, run] {
    context.chosen = [&context, options, run] { return run(context, *options); };
  });
}

/// The groups of commands; each adds its own below `app`. `context` must outlive the parse.
void add_host_commands(CLI::App& app, Context& context);        ///< setup, serve
void add_session_commands(CLI::App& app, Context& context);     ///< sign-in, sign-out, session, me
void add_org_commands(CLI::App& app, Context& context);         ///< org import, org units
void add_module_commands(CLI::App& app, Context& context);      ///< module …
void add_obligation_commands(CLI::App& app, Context& context);  ///< obligation summary, list, derive
void add_record_commands(CLI::App& app, Context& context);      ///< record …, leg …
void add_document_commands(CLI::App& app, Context& context);    ///< document, ledger, statistics
void add_task_commands(CLI::App& app, Context& context);        ///< task …
/// config …, module waive; after add_org_commands(), which makes `module`.
void add_rule_commands(CLI::App& app, Context& context);
void add_audit_commands(CLI::App& app, Context& context);       ///< audit verify, export, …

}  // namespace zeren::cli
