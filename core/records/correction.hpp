// What a record's returns cost (domain E5): the first submission stands, each return is a cycle with a time of
// its own to put right what was wrong.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"

namespace zeren::records {

struct CorrectionCycle {
  base::Instant returned_at;
  std::string reason;
  std::optional<base::Date> fix_due;  ///< none where the module sets no `fix_days`
  std::optional<base::Instant> corrected_at;
};

struct Corrections {
  std::optional<base::Instant> submitted_at;  ///< for the first time; no return changes it
  std::vector<CorrectionCycle> cycles;        ///< oldest first
};

/// The returns in the record's history. `fix_days` counts working days: Monday to Friday after the day of the
/// return in `zone`; 0 or less sets no date. Fails as base::local_date(). Any thread.
base::Result<Corrections> corrections_of(const RecordType& type, const Record& record,
                                         std::int64_t fix_days, const std::string& zone);

}  // namespace zeren::records
