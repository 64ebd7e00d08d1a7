// Plans that add files to a record's content and take them out: each makes a new content version, so that
// what is sent, signed and shown later says exactly which files it had. All are functions of what was read.
#pragma once

#include <string>

#include "base/error.hpp"
#include "records/actor.hpp"
#include "records/attachment.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"
#include "store/change_set.hpp"

namespace zeren::records {

/// Whether `actor` may change the attachments as the record stands: whoever may edit its content. To be asked
/// before the first byte is taken. Fails with Forbidden, StepNotAllowedInState, or RequestMalformed when the
/// record has 100 already.
base::Result<rules::HeldRole> admit_attaching(const RecordType& type, const Record& record,
                                              const Actor& actor);

/// The bytes must be kept already. Fails as admit_attaching().
base::Result<store::ChangeSet> plan_attach(const RecordType& type, const Record& record,
                                           const Declared& declared, const store::Blob& blob,
                                           const Actor& actor, const Planning& planning);

/// The row stays, with the reason; what was sent keeps its bytes. Fails as admit_attaching(), and with
/// AttachmentUnknown or StepReasonMissing.
base::Result<store::ChangeSet> plan_remove_attachment(const RecordType& type, const Record& record,
                                                      const std::string& attachment,
                                                      const std::string& reason, const Actor& actor,
                                                      const Planning& planning);

}  // namespace zeren::records
