// Obligations that a record brings about: a task with a date of its own, an order to be answered.
// They are kept up to date by whatever changes the record, and a derivation finds the same.
#pragma once

#include <optional>
#include <string>

#include "base/civil_time.hpp"
#include "base/json.hpp"
#include "org/organisation.hpp"
#include "records/obligation.hpp"

namespace zeren::records {

/// What of a record a rule with a source looks at.
struct SourceRecord {
  std::string id;
  org::UnitId unit;
  std::string period;
  std::string state;
  base::Json content;
  std::int64_t version = 0;
};

/// The key of what `rule` sees in the record, whether there is anything or not. Any thread, as the
/// next.
std::string source_obligation_id(const ObligationRule& rule, const std::string& record);

/// What stands after a look at the record: nothing where the rule asks for nothing and never did;
/// superseded where it asks no longer. What is fulfilled was judged, and keeps its date and its
/// owner. A unit that ended passes it on as any other obligation. A date that cannot be read is
/// none.
std::optional<Obligation> look_at_source(const ObligationRule& rule, const SourceRecord& record,
                                         const std::optional<Obligation>& standing,
                                         const org::Organisation& organisation);

}  // namespace zeren::records
