// Settings of a module as a file: `{"basis": "…", "parameters": {"due": …}}`, the form of config/policy.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/located_json.hpp"
#include "rules/parameter.hpp"

namespace zeren::app {

struct Setting {
  std::string parameter;
  base::Json value;
};

struct SettingsFile {
  base::LocatedJson source;
  std::string basis;
  std::vector<Setting> settings;
};

/// Fails with ConfigInvalid, naming file, line and pointer, when a member is missing, unknown or of another
/// type; as LocatedJson::read(). Blocks.
base::Result<SettingsFile> read_settings(const std::filesystem::path& file);

/// Whether `module` has each parameter and each value fits. Fails with Several: one cause for each fault, with
/// file, line and pointer. Any thread.
base::Result<void> check_settings(const SettingsFile& file, const std::string& module,
                                  const rules::Parameters& parameters);

}  // namespace zeren::app
