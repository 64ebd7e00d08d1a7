// Sending one digest to several recipients, as part of a step's plan, and what the recipients answer.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "records/obligation.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"
#include "records/record_writer.hpp"

namespace zeren::records {

/// The next round of the record's dispatch: one leg for each of intended_recipients(), who stay its recipients
/// whatever the organisation becomes; those who have not agreed to it stand in it as dissent (保留意见). Fails as
/// check_recipients().
base::Result<void> send(RecordWriter& writer, const RecordType& type, const Record& record,
                        const base::Json& content, const Obligation* obligation,
                        const Planning& planning);

/// New values of a leg. Its own version guards it: some acts on it leave the record's as it is.
void change_leg(RecordWriter& writer, const Leg& leg, store::Columns values);

/// Takes back what was sent in the current round and is not answered; the round counts no more.
void recall(RecordWriter& writer, const Record& record);

/// The recipients' first reading, on every leg of the current round to a unit where `actor` holds a role; an
/// empty change when there is nothing to note.
base::Result<store::ChangeSet> plan_open_legs(const Record& record, const Actor& actor,
                                              const Planning& planning);

/// Reminds a recipient of a leg that waits for its answer: noted, counted, told. For anybody with a role in
/// the unit that sent it. Fails with LegUnknown, Forbidden or LegAlreadyAnswered.
base::Result<store::ChangeSet> plan_urge_leg(const RecordType& type, const Record& record,
                                             const std::string& leg, const std::string& reason,
                                             const Actor& actor, const Planning& planning);

/// A recipient's answer to its leg: `sign_for` or `return`. The last receipt completes the dispatch and
/// moves the record. A return recalls the legs not answered yet and sends the record back: the next
/// round goes to all. Fails with LegUnknown, StepUnknown, LegAlreadyAnswered, Forbidden RolesIncompatible or
/// StepReasonMissing.
base::Result<store::ChangeSet> plan_leg_answer(const RecordType& type, const Record& record,
                                               const std::string& leg, const std::string& step,
                                               const std::string& reason, const Actor& actor,
                                               const Planning& planning);

/// Keys of what `actor` may answer to the leg now; empty once it was answered.
std::vector<std::string> possible_answers(const RecordType& type, const Record& record, const Leg& leg,
                                          const Actor& actor);

// What the plans of legs share.

/// Whether the dispatch is complete once `settled` is: every other leg is signed for or withheld.
bool completes(const Dispatch& dispatch, const Leg& settled);

/// `content` without what the type's profile leaves out.
base::Json redacted(const RecordType& type, std::string_view profile, base::Json content);

/// What stands for a receipt: base64 SHA-256 over the digest of what the leg carries, the leg, who and when.
base::Result<std::string> receipt_of(const Dispatch& dispatch, const Leg& leg, const std::string& by,
                                     base::Instant at);

void move_dispatch(RecordWriter& writer, const Dispatch& dispatch, const std::string& state);

}  // namespace zeren::records
