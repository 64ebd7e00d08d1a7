#include "bench/figures.hpp"

#include <algorithm>
#include <cstdio>

namespace zeren::bench {

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto last = static_cast<double>(values.size() - 1);
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(last * share);
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

void Figures::ReportRuns(const std::vector<Run>& runs) {
  ConsoleReporter::ReportRuns(runs);
  for (const auto& run : runs) {
    auto& counters = counters_[run.run_name.function_name];
    for (const auto& [name, value] : run.counters) counters[name] = value.value;
  }
}

double Figures::counter(const std::string& run, const std::string& name) const {
  const auto found = counters_.find(run);
  if (found == counters_.end()) return 0;
  const auto value = found->second.find(name);
  return value == found->second.end() ? 0 : value->second;
}

void Figures::compare(const std::string& what, const std::string& measured,
                      const std::string& yardstick, double at_least) const {
  const auto ours = counter(measured, "items_per_second");
  const auto theirs = counter(yardstick, "items_per_second");
  if (ours <= 0 || theirs <= 0) return;
  std::printf("| %-40s | %8.0f/s | of %8.0f/s | %4.0f %% | at least %.0f %% | %s |\n", what.c_str(),
              ours, theirs, 100 * ours / theirs, 100 * at_least,
              ours >= at_least * theirs ? "reached" : "SHORT");
}

void Figures::at_most(const std::string& what, const std::string& measured, const std::string& name,
                      double limit) const {
  const auto took = counter(measured, name);
  if (took <= 0) return;
  constexpr double kMicro = 1e6;
  std::printf("| %-40s | %10.1f µs | at most %.0f µs | %s |\n", what.c_str(), kMicro * took,
              kMicro * limit, took <= limit ? "reached" : "SHORT");
}

}  // namespace zeren::bench
