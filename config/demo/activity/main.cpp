// Makes the data folder of the demonstration with eighteen months in it:
// `demo_activity --data DIR [--config DIR] [--modules DIR] [--from DATE] [--until DATE] [--seed N] [--only UNIT]`.
// It has a clock of its own; the program that serves has none to set.
#include <CLI/CLI.hpp>

#include <cstdlib>
#include <iostream>

#include "activity/play.hpp"
#include "base/messages.hpp"

namespace {

using namespace zeren;

struct Asked {
  std::string data;
  std::string config = "config";
  std::string modules = "build/release/modules";
  std::string from = "2025-05-06";
  std::string until = "2026-11-20";
  std::uint64_t seed = 20250506;
  std::string only;
};

base::Result<demo::PlaySettings> settings_of(const Asked& asked) {
  const auto from = base::parse_date(asked.from);
  if (!from) return base::pass(from);
  const auto until = base::parse_date(asked.until);
  if (!until) return base::pass(until);
  // Whoever serves the city goes on from there by the machine's clock: the story may not be ahead of it.
  const auto now = base::system_clock()->now();
  const auto yesterday = std::chrono::floor<std::chrono::days>(now) - std::chrono::days(1);
  const std::filesystem::path config = asked.config;
  return demo::PlaySettings{{asked.data, config / "demo" / "deployment.json", config, asked.modules, *from,
                             std::min(*until, yesterday)},
                            asked.seed,
                            asked.only};
}

base::Result<void> run(const Asked& asked) {
  const auto settings = settings_of(asked);
  if (!settings) return base::pass(settings);
  return demo::play(*settings, [](base::Date first) {
    std::cerr << "\rPlaying " << base::to_string(first).substr(0, 7) << " " << std::flush;
  });
}

}  // namespace

int main(int argc, char** argv) {
  Asked asked;
  CLI::App app("Plays the made-up city 青澜市 into a new data folder.");
  app.add_option("--data", asked.data)->required();
  app.add_option("--config", asked.config)->capture_default_str();
  app.add_option("--modules", asked.modules)->capture_default_str();
  app.add_option("--from", asked.from)->capture_default_str();
  app.add_option("--until", asked.until)->capture_default_str();
  app.add_option("--seed", asked.seed)->capture_default_str();
  app.add_option("--only", asked.only);
  CLI11_PARSE(app, argc, argv);
  const auto done = run(asked);
  std::cerr << "\n";
  if (done) return EXIT_SUCCESS;
  std::cerr << base::report_of(done.error()) << "\n";
  return EXIT_FAILURE;
}
