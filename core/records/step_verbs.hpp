// What a step's verb adds to the step: when a return, a withdrawal or an archiving is possible, and what else
// it changes. Used by the plans only.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"
#include "records/record_writer.hpp"

namespace zeren::records {

/// Whether nobody may take such a step without saying why, whatever the type declares.
bool verb_needs_reason(Verb verb);

/// The states that a return may lead to: those the record has been in since it was last sent to its
/// recipients or came back from them, but not the present one. In the order they were first reached.
std::vector<std::string> states_of_round(const RecordType& type, const Record& record);

/// The state that the step leads to, `to` being what the caller named. No countersigning holds up a sending once
/// `time_is_up`. Fails as admit_step().
base::Result<std::string> admit_verb(const RecordType& type, const Record& record, const Step& step,
                                     const std::string& to, bool time_is_up = false);

/// Adds to the step's change what its verb entails.
void carry_out_verb(RecordWriter& writer, const Record& record, const Step& step,
                    const std::string& reason);

}  // namespace zeren::records
