// What is decided and entered about single legs of a dispatch: withholding and releasing one, and what became of a
// copy that went by hand, which one person enters and another confirms.
#pragma once

#include <string>

#include "base/error.hpp"
#include "records/actor.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"
#include "rules/calendar.hpp"
#include "store/change_set.hpp"

namespace zeren::records {

/// By which working days are counted.
struct Counting {
  const rules::Calendar& calendar;
  std::string zone;
};

/// Keeps the copy back from a recipient that has not opened it, by a named person's decision: from then on nothing
/// tells the recipient that there is one, and neither timeliness nor completeness asks for it. Fails with
/// LegUnknown, Forbidden, LegAlreadyAnswered or StepReasonMissing.
base::Result<store::ChangeSet> plan_withhold(const RecordType& type, const Record& record,
                                             const std::string& leg, const std::string& reason,
                                             const Actor& actor, const Planning& planning);

/// Sends what was held or withheld. How far apart the legs went is kept with the dispatch. Fails likewise.
base::Result<store::ChangeSet> plan_release(const RecordType& type, const Record& record,
                                            const std::string& leg, const std::string& reason,
                                            const Actor& actor, const Planning& planning,
                                            const Counting& counting);

/// What somebody says became of a copy that went by hand.
struct HandEntry {
  std::string kind;  ///< delivery, receipt
  base::Instant happened_at;
  std::string number;  ///< of the register or the courier
  std::string scan;    ///< where the paper is; one of the two must be said
};

/// Enters it, in place of what was entered and is not confirmed. Fails with LegUnknown, Forbidden, LegNotManual,
/// LegAlreadyAnswered for what is confirmed or a leg that waits for nothing, and RequestMalformed for another
/// kind, neither number nor scan, a time before the sending or to come, or a receipt before the delivery.
base::Result<store::ChangeSet> plan_enter(const RecordType& type, const Record& record, const std::string& leg,
                                          const HandEntry& entry, const Actor& actor,
                                          const Planning& planning);

/// Confirms it: now it counts. Fails likewise, and with LegNeedsSecondPerson for who entered it.
base::Result<store::ChangeSet> plan_confirm(const RecordType& type, const Record& record,
                                            const std::string& leg, const std::string& kind,
                                            const Actor& actor, const Planning& planning,
                                            const Counting& counting);

}  // namespace zeren::records
