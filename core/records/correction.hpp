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
#include "rules/calendar.hpp"

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

/// The time there is to put right what was returned.
struct FixTime {
  std::int64_t days = 0;  ///< working days after the day of the return; 0 or less sets no date
  const rules::Calendar& calendar;
  std::string zone;
};

/// The returns in the record's history; the time begins anew with each. Fails as base::local_date(). Any thread.
base::Result<Corrections> corrections_of(const RecordType& type, const Record& record,
                                         const FixTime& time);

}  // namespace zeren::records
