// The whole story, from its first day to its last.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "activity/stage.hpp"
#include "base/error.hpp"

namespace zeren::demo {

struct PlaySettings {
  StageSettings stage;
  std::uint64_t seed = 20250506;
  std::string only = {};  ///< code of a unit: only it and those below it file; empty: everybody
};

/// Told when a month begins.
using Month = std::function<void(base::Date first)>;

/// Sets the city up and plays it. The same seed makes the same people do the same on the same days; identifiers and
/// salts, and the minutes within an hour, are chance. Fails as the first command that should not have. Blocks.
base::Result<void> play(const PlaySettings& settings, const Month& month);

}  // namespace zeren::demo
