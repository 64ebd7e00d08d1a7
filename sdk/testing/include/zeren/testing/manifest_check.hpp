// The host's own checks of a module.json, without a host: the same code that refuses it there.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "zeren/result.hpp"

namespace zeren::testing {

/// Everything for which a host would refuse `module_dir`/module.json, one "file:line:column: sentence" each;
/// empty when it would take it. Blocks; any thread.
std::vector<std::string> manifest_faults(const std::filesystem::path& module_dir);

/// The manifest as the host reads it: comments gone, each `like` carried out. Fails with the first of its
/// faults. Blocks; any thread.
Result<Json> read_manifest(const std::filesystem::path& module_dir);

}  // namespace zeren::testing
