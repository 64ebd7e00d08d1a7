// Plans that create a record, change its content and move it along its steps. All of them are functions of
// what was read: they write nothing. Hooks run between admit_step() and plan_step().
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "records/actor.hpp"
#include "records/link_plans.hpp"
#include "records/obligation.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"
#include "records/task_plans.hpp"
#include "store/change_set.hpp"

namespace zeren::records {

/// What a new record begins with beside its content.
struct Beginning {
  Surroundings around = {};
  std::vector<Recusal> recusals = {};  ///< of the record before, which was declared void
  std::optional<rules::Sensitivity> sensitivity = std::nullopt;  ///< none: what its type says
  std::vector<LinkOrder> links = {};  ///< it is linked so from the start
};

/// What a new record is about.
struct Ground {
  Ground(const Obligation& owed);  // NOLINT(google-explicit-constructor): an obligation is the usual ground
  Ground(org::UnitId of, std::string about) : unit(std::move(of)), period(std::move(about)) {}
  org::UnitId unit;
  std::string period;
  std::string obligation = {};  ///< empty: the record is free
  std::int64_t rule_version = 0;
};

/// A new record on that ground, in the type's initial state. Fails with Forbidden, also for a field
/// whose group the actor lacks, RecordRecused, RecordFieldInvalid, and as add_link().
base::Result<store::ChangeSet> plan_draft(const RecordType& type, const Ground& ground,
                                          const base::Json& content, const Actor& actor,
                                          const Planning& planning, const Beginning& beginning = {});

/// The period of a free record of the type, of which somebody says `given`; of a year, today's where they say nothing.
/// Fails with RecordNotFree, and with RequestMalformed for what is no such period.
base::Result<std::string> free_period(const RecordType& type, const std::string& given, const base::Date& today);

/// New content for a record in an editable state; the old version stays, and so do fields that the actor does not
/// see. Fails with
/// StepNotAllowedInState, Forbidden or RecordFieldInvalid.
base::Result<store::ChangeSet> plan_edit(const RecordType& type, const Record& record,
                                         const base::Json& content, const Actor& actor,
                                         const Planning& planning);

/// A step that somebody asks to take.
struct StepRequest {
  std::string step;
  std::string reason;
  std::string to = {};  ///< of a return: the state it leads to; empty: the declared one
  bool time_is_up = false;  ///< the due date has come: who has not signed yet holds nothing up any more
};

/// A step that may be taken, and in what capacity.
struct Admitted {
  const Step* step = nullptr;  ///< of the type it was admitted for
  rules::HeldRole capacity;
  std::string to;
  std::vector<Assignee> signers = {};  ///< whom its countersigning asks; for the caller to fill in
  const RecordType* made = nullptr;    ///< of which it makes records; likewise
};

/// Checks all that is declared about a step but its required fields, which a hook may still fill. Fails
/// with StepUnknown, StepNotAllowedInState, Forbidden, StepSamePerson, RolesIncompatible, StepReasonMissing,
/// TasksOpen, StepNeedsLink, StepAwaitsLinked, LegAlreadyAnswered for a withdrawal that comes too late, or RequestMalformed for a return to a
/// state that the record was not in.
base::Result<Admitted> admit_step(const RecordType& type, const Record& record,
                                  const StepRequest& request, const Actor& actor);

/// The step, with a hook's `patch` of fields. Of a dispatching step the legs go to the recipients of
/// the `obligation` (null: none), or of the type. Fails with StepNeedsField, RecordFieldInvalid, RecipientMissing or
/// AssigneeUnfit.
base::Result<store::ChangeSet> plan_step(const RecordType& type, const Record& record,
                                         const Admitted& admitted, const std::string& reason,
                                         const std::map<std::string, base::Json>& patch,
                                         const Obligation* obligation, const Actor& actor,
                                         const Planning& planning);

}  // namespace zeren::records
