// The program `zeren`: a host, and a client of the host that serves its data folder.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "cli/context.hpp"
#include "cli/help.hpp"

namespace {

using zeren::cli::Context;

// Scripts tell what was found wrong from a command line that was.
constexpr int kFoundWrong = 1;
constexpr int kUsage = 2;

std::string language_of_environment() {
  for (const auto* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread
    if (value != nullptr && *value != '\0') return value;
  }
  return "en";
}

// Help is printed while the command line is parsed, so its language is looked for before.
std::string language_of(int argc, char** argv) {
  constexpr std::string_view kOption = "--language";
  for (int i = argc - 1; i > 0; --i) {
    const std::string_view word = argv[i];
    if (word == kOption && i + 1 < argc) return argv[i + 1];
    if (word.starts_with("--language=")) return std::string(word.substr(kOption.size() + 1));
  }
  return language_of_environment();
}

int run(int argc, char** argv) {
  // Answers go to standard output; what the host says about itself does not.
  spdlog::set_default_logger(spdlog::stderr_color_mt("zeren"));
  Context context;
  context.language = language_of(argc, argv);
  CLI::App app("", "zeren");
  zeren::cli::add_commands(app, context);
  zeren::cli::add_help(app, context.reader());
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    if (fault.get_exit_code() == 0) return app.exit(fault);
    std::cerr << zeren::cli::usage_fault(app, fault, context.reader());
    return kUsage;
  }
  if (!context.chosen) {
    std::cout << zeren::cli::overview(app, context.reader());
    return EXIT_SUCCESS;
  }
  const auto done = context.chosen();
  if (done) return EXIT_SUCCESS;
  std::cerr << zeren::base::report_of(done.error(), context.reader());
  return kFoundWrong;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    // A reader that leaves, as `| head` does, ends no module in the middle of a call: it would be taken for a crash.
    std::signal(SIGPIPE, SIG_IGN);
    const int done = run(argc, argv);
    return std::cout.flush() || done != EXIT_SUCCESS ? done : kFoundWrong;
  } catch (const std::exception& failure) {
    std::cerr << "zeren: " << failure.what() << "\n";
    return kFoundWrong;
  }
}
