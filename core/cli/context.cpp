#include "cli/context.hpp"

#include <cstdlib>

#include "base/digest.hpp"

namespace zeren::cli {
namespace {

namespace fs = std::filesystem;

fs::path state_folder() {
  // NOLINTBEGIN(concurrency-mt-unsafe): nothing here ever sets a variable
  if (const char* state = std::getenv("XDG_STATE_HOME")) return fs::path(state) / "zeren";
  const char* home = std::getenv("HOME");
  // NOLINTEND(concurrency-mt-unsafe)
  return fs::path(home == nullptr ? "." : home) / ".local" / "state" / "zeren";
}

}  // namespace

base::Result<Gateway> Context::gateway() const {
  return Gateway::open(data, token_file(), language);
}

fs::path Context::token_file() const {
  if (!session.empty()) return session;
  // One session per data folder.
  constexpr std::size_t kShort = 16;
  const auto name = base::to_hex(base::sha256(fs::absolute(data).string())).substr(0, kShort);
  return state_folder() / (name + ".token");
}

}  // namespace zeren::cli
