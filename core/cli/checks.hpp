// What a value of an option must look like, told in the reader's language: a wrong one is a wrong command line.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cli/context.hpp"

namespace zeren::cli {

/// One of `words`. `context` must outlive the parse, as for the other.
CLI::Validator one_of(const Context& context, std::vector<std::string> words);

/// A day as 2026-01-31.
CLI::Validator a_day(const Context& context);

}  // namespace zeren::cli
