// The table of what was measured beside what it is held to.
#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <string>

namespace zeren::bench {

class Figures final : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override;

  /// One row: items a second of `measured` as a share of those of `yardstick`, both from this very
  /// run.
  void compare(const std::string& what, const std::string& measured, const std::string& yardstick,
               double at_least) const;

 private:
  double rate(const std::string& name) const;

  std::map<std::string, double> per_second_;  // by the beginning of the run's name
};

}  // namespace zeren::bench
