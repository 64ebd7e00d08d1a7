// Plans that create a record, change its content and move it along its steps. All of them are functions of
// what was read: they write nothing. Hooks run between admit_step() and plan_step().
#pragma once

#include <map>
#include <string>

#include "base/error.hpp"
#include "base/json.hpp"
#include "records/actor.hpp"
#include "records/obligation.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"
#include "store/change_set.hpp"

namespace zeren::records {

/// A new record for `obligation`, in the type's initial state. Fails with Forbidden or RecordFieldInvalid.
base::Result<store::ChangeSet> plan_draft(const RecordType& type, const Obligation& obligation,
                                          const base::Json& content, const Actor& actor,
                                          const Planning& planning);

/// New content for a record in an editable state; the old version stays. Fails with
/// StepNotAllowedInState, Forbidden or RecordFieldInvalid.
base::Result<store::ChangeSet> plan_edit(const RecordType& type, const Record& record,
                                         const base::Json& content, const Actor& actor,
                                         const Planning& planning);

/// A step that may be taken, and in what capacity.
struct Admitted {
  const Step* step = nullptr;  ///< of the type it was admitted for
  rules::HeldRole capacity;
};

/// Checks all that is declared about `step` but its required fields, which a hook may still fill. Fails
/// with StepUnknown, StepNotAllowedInState, Forbidden, StepSamePerson or StepReasonMissing.
base::Result<Admitted> admit_step(const RecordType& type, const Record& record,
                                  const std::string& step, const std::string& reason,
                                  const Actor& actor);

/// The step, with a hook's `patch` of fields. A dispatching step needs the `obligation`; its legs go to
/// the obligation's recipients. Fails with StepNeedsField, RecordFieldInvalid or RecipientMissing.
base::Result<store::ChangeSet> plan_step(const RecordType& type, const Record& record,
                                         const Admitted& admitted, const std::string& reason,
                                         const std::map<std::string, base::Json>& patch,
                                         const Obligation* obligation, const Actor& actor,
                                         const Planning& planning);

}  // namespace zeren::records
