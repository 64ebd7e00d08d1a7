// The table of what was measured beside what it is held to.
#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

namespace zeren::bench {

/// The value below which `share` of `values` lie; 0 of none.
double percentile(std::vector<double> values, double share);

/// How much memory this process has held at most, in bytes.
double peak_memory();

/// Time since it was made: on the wall, and that this process spent computing.
class Watch final {
 public:
  Watch();
  double wall() const;
  double cpu() const;

 private:
  double wall_;
  double cpu_;
};

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

  /// The same of a counter in bytes.
  void at_most_bytes(const std::string& what, const std::string& measured, const std::string& counter,
                     double limit) const;

  /// One row: a counter of one run as a multiple of that of another.
  void at_most_times(const std::string& what, const std::string& measured, const std::string& beside,
                     const std::string& counter, double limit) const;

 private:
  double counter(const std::string& run, const std::string& name) const;

  std::map<std::string, std::map<std::string, double>>
      counters_;  // by the beginning of the run's name
};

}  // namespace zeren::bench
