#include "bench/figures.hpp"

#include <cstdio>

namespace zeren::bench {

void Figures::ReportRuns(const std::vector<Run>& runs) {
  ConsoleReporter::ReportRuns(runs);
  for (const auto& run : runs) {
    const auto found = run.counters.find("items_per_second");
    if (found != run.counters.end()) per_second_[run.run_name.function_name] = found->second.value;
  }
}

double Figures::rate(const std::string& name) const {
  const auto found = per_second_.find(name);
  return found == per_second_.end() ? 0 : found->second;
}

void Figures::compare(const std::string& what, const std::string& measured,
                      const std::string& yardstick, double at_least) const {
  const auto ours = rate(measured);
  const auto theirs = rate(yardstick);
  if (theirs <= 0) return;
  std::printf("| %-32s | %9.0f/s | %9.0f/s | %5.0f %% | at least %.0f %% | %s |\n", what.c_str(),
              ours, theirs, 100 * ours / theirs, 100 * at_least,
              ours >= at_least * theirs ? "reached" : "SHORT");
}

}  // namespace zeren::bench
