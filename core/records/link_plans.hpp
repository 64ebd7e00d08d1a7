// Plans that link records: proposed by a module or by somebody on the record's side, confirmed by who may, and taken
// back. All are functions of what was read.
#pragma once

#include <string>

#include "base/error.hpp"
#include "records/actor.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"
#include "records/record_writer.hpp"
#include "store/change_set.hpp"

namespace zeren::records {

/// What somebody wants a record linked to.
struct LinkOrder {
  std::string kind;
  LinkedRecord target;
  const RecordType* target_type = nullptr;  ///< must outlive the plan
};

/// A link as it is first written.
struct NewLink {
  std::string kind;
  std::string target;  ///< record
  LinkState state = LinkState::Confirmed;
};

/// The row of a link that `record` says, without a question asked.
void write_link(RecordWriter& writer, const std::string& record, const NewLink& link, const std::string& account,
                const Planning& planning);

/// Adds the link, confirmed, to a change that is being made of `record`. Fails with LinkKindUnknown, and with
/// LinkUnfit for a record of a type the kind does not lead to, for one that is linked so already, for one too many, in
/// a state in which the links of the kind are closed, and for a parent that is final.
base::Result<void> add_link(RecordWriter& writer, const RecordType& type, const Record& record,
                            const LinkOrder& order, const std::string& account, const Planning& planning);

/// A confirmed link. Fails as add_link(), and with Forbidden.
base::Result<store::ChangeSet> plan_link(const RecordType& type, const Record& record, const LinkOrder& order,
                                         const Actor& actor, const Planning& planning);

/// A link for others to confirm; the record stays at its version, so that nobody is in its way. Whether `actor` may
/// propose is the caller's to say: people are asked standing_of(), modules what they declare. Fails as add_link(), but
/// counts no maximum.
base::Result<store::ChangeSet> plan_propose_link(const RecordType& type, const Record& record,
                                                 const LinkOrder& order, const rules::HeldRole& capacity,
                                                 const Actor& actor, const Planning& planning);

/// Confirms a proposed link of the record. Fails with LinkUnknown, Forbidden, and as add_link().
base::Result<store::ChangeSet> plan_confirm_link(const RecordType& type, const Record& record,
                                                 const std::string& link, const LinkOrder& order,
                                                 const Actor& actor, const Planning& planning);

/// Takes a link of the record back, or declines a proposed one. Fails with LinkUnknown, Forbidden, StepReasonMissing
/// for a confirmed link without a reason, and LinkUnfit where the links of the kind are closed.
base::Result<store::ChangeSet> plan_take_back_link(const RecordType& type, const Record& record,
                                                   const std::string& link, const LinkOrder& order,
                                                   const std::string& reason, const Actor& actor,
                                                   const Planning& planning);

/// The link `id` that the record says. Fails with LinkUnknown.
base::Result<const Link*> link_of(const Record& record, const std::string& id);

/// Whether `actor` may link, confirm and take back links of `kind` in the state in which the record is. Any thread.
bool may_link(const RecordType& type, const Record& record, const std::string& kind, const Actor& actor);

}  // namespace zeren::records
