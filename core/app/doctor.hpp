// Examines a data folder without changing anything in it, whether it is served at the moment or not: what an operator
// asks for when something is odd, and before an upgrade.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/json.hpp"

namespace zeren::app {

enum class Health : std::uint8_t { Ok, Warn, Wrong };

/// A sentence in both languages.
struct Wording {
  std::string english;
  std::string chinese;
};

struct Examined {
  std::string part;  ///< stable, for programs: `folder`, `space`, `module dual_reports`
  Wording title;
  Health health = Health::Ok;
  Wording found;
  std::optional<Wording> remedy = std::nullopt;  ///< none when all is well
};

/// Every check, in the order in which faults should be mended. A folder that holds no deployment gets one line.
/// Takes no lock and writes nothing but what SQLite needs to read. Blocks.
std::vector<Examined> examine(const std::filesystem::path& folder, const base::Clock& clock);

/// `{items: [{part, title, health, health_title, found, remedy}], healthy}`.
base::Json examined_json(const std::vector<Examined>& all);

}  // namespace zeren::app
