// The program `zeren`: a host, and a client of the host that serves its data folder.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <iostream>

#include "cli/context.hpp"

namespace {

using zeren::cli::Context;

std::string language_of_environment() {
  for (const auto* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread
    if (value != nullptr && *value != '\0') return value;
  }
  return "en";
}

int run(int argc, char** argv) {
  // Answers go to standard output; what the host says about itself does not.
  spdlog::set_default_logger(spdlog::stderr_color_mt("zeren"));
  Context context;
  context.language = language_of_environment();
  CLI::App app("Case and accountability management: one host, one audit log, institutions as modules",
               "zeren");
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--data", context.data, "Data folder")->capture_default_str();
  app.add_option("--session", context.session, "File that keeps the session");
  app.add_option("--language", context.language, "en or zh-CN");
  zeren::cli::add_host_commands(app, context);
  zeren::cli::add_session_commands(app, context);
  zeren::cli::add_org_commands(app, context);
  zeren::cli::add_module_commands(app, context);
  zeren::cli::add_obligation_commands(app, context);
  zeren::cli::add_record_commands(app, context);
  zeren::cli::add_document_commands(app, context);
  zeren::cli::add_task_commands(app, context);
  zeren::cli::add_rule_commands(app, context);
  zeren::cli::add_audit_commands(app, context);
  CLI11_PARSE(app, argc, argv);
  const auto done = context.chosen();
  if (done) return EXIT_SUCCESS;
  std::cerr << zeren::base::report_of(done.error(), context.reader());
  return EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& failure) {
    std::cerr << "zeren: " << failure.what() << "\n";
    return EXIT_FAILURE;
  }
}
