// What a check of the log found. A finding is an Error, so that it is told in the reader's
// language.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace zeren::audit {

/// Places are written `table[key=value].column`, the same in every language.
struct Report {
  std::int64_t entries = 0;
  std::int64_t values = 0;
  std::int64_t rows = 0;
  std::int64_t checkpoints = 0;
  std::int64_t problems = 0;          ///< all of them, also those not listed
  std::vector<base::Error> findings;  ///< the first kMaxFindings

  static constexpr std::size_t kMaxFindings = 1000;

  bool sound() const { return problems == 0; }

  /// `what` is not what `source` says.
  void altered(std::string what, std::string source);
  /// `source` speaks of `what`, which is not there.
  void missing(std::string what, std::string source);
  /// `what` is there, and no entry wrote it.
  void unaccounted(std::string what);

 private:
  void add(base::Error finding);
};

}  // namespace zeren::audit
