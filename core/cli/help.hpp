// What `--help` says, in the reader's language. The words stand in catalogues (cli/help/), one entry for each
// command, so that commands are declared without them and a test can ask whether any is missing.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "base/json.hpp"
#include "base/messages.hpp"

namespace zeren::cli {

/// The catalogue: `{overview, groups, labels, faults, options, commands}`; `commands` by path, such as `module list`.
const base::Json& help_catalogue(base::Language reader);

/// Gives `app`, and every command below it, its words. A command that the catalogue does not know keeps its own.
void add_help(CLI::App& app, base::Language reader);

/// What `zeren` alone prints: the commands in their groups, a line each.
std::string overview(const CLI::App& app, base::Language reader);

/// What is wrong with a command line, and where to read how it is right.
std::string usage_fault(const CLI::App& app, const CLI::ParseError& fault, base::Language reader);

}  // namespace zeren::cli
