#include "bench/figures.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace zeren::bench {
namespace {

struct TimeUnit {
  const char* name;
  double seconds;
};

// The one in which the limit reads well.
TimeUnit unit_for(double limit) {
  if (limit >= 1) return {"s ", 1};
  return limit >= 1e-3 ? TimeUnit{"ms", 1e-3} : TimeUnit{"µs", 1e-6};
}

double wall_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double cpu_now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

Watch::Watch() : wall_(wall_now()), cpu_(cpu_now()) {}
double Watch::wall() const { return wall_now() - wall_; }
double Watch::cpu() const { return cpu_now() - cpu_; }

double peak_memory() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return 1024.0 * static_cast<double>(usage.ru_maxrss);
}

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
  const auto unit = unit_for(limit);
  std::printf("| %-40s | %10.1f %s | at most %.0f %s | %s |\n", what.c_str(), took / unit.seconds, unit.name,
              limit / unit.seconds, unit.name, took <= limit ? "reached" : "SHORT");
}

void Figures::at_most_bytes(const std::string& what, const std::string& measured,
                            const std::string& name, double limit) const {
  constexpr double kMega = 1e6;
  const auto held = counter(measured, name);
  if (held <= 0) return;
  std::printf("| %-40s | %10.0f MB | at most %.0f MB | %s |\n", what.c_str(), held / kMega, limit / kMega,
              held <= limit ? "reached" : "SHORT");
}

void Figures::at_most_times(const std::string& what, const std::string& measured, const std::string& beside,
                            const std::string& name, double limit) const {
  const auto ours = counter(measured, name);
  const auto theirs = counter(beside, name);
  if (ours <= 0 || theirs <= 0) return;
  std::printf("| %-40s | %10.2f × | at most %.1f × | %s |\n", what.c_str(), ours / theirs, limit,
              ours <= limit * theirs ? "reached" : "SHORT");
}

}  // namespace zeren::bench
