// What steps ask of the records that theirs is linked to.
#pragma once

#include <string>

#include "base/error.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"
#include "records/record_writer.hpp"

namespace zeren::records {

/// Fails with StepNeedsLink or StepAwaitsLinked when `step`, which leads to the state `to`, may not be taken yet for
/// what the record is, or is not, linked to. A step that moves a record out of an editable state asks for the
/// `min` of each kind, too. Any thread.
base::Result<void> check_link_guards(const RecordType& type, const Record& record, const Step& step,
                                     const std::string& to);

/// Notes the records that check_link_guards() looked at: the step rests on them.
void rest_on_linked(RecordWriter& writer, const Record& record, const Step& step);

/// Whether a step of `target` looks at the records of the type `type` that are linked to it by `kind`: then such a
/// link is a change of the target, too.
bool counts_links(const RecordType& target, const std::string& type, const std::string& kind);

}  // namespace zeren::records
