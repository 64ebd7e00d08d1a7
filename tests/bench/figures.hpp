// The table of what was measured beside what it is held to.
#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

namespace zeren::bench {

/// The value below which `share` of `values` lie; 0 of none.
double percentile(std::vector<double> values, double share);

class Figures final : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override;

  /// One row: items a second of `measured` as a share of those of `yardstick`, both from this very
  /// run. Nothing when one of them was not run.
  void compare(const std::string& what, const std::string& measured, const std::string& yardstick,
               double at_least) const;

  /// One row: the counter of that name, in seconds, beside its limit. Nothing when it was not run.
  void at_most(const std::string& what, const std::string& measured, const std::string& counter,
               double limit) const;

 private:
  double counter(const std::string& run, const std::string& name) const;

  std::map<std::string, std::map<std::string, double>>
      counters_;  // by the beginning of the run's name
};

}  // namespace zeren::bench
