// Records that a step makes: one for each item of a catalogue, such as the ten items of a list of responsibilities.
#pragma once

#include "base/error.hpp"
#include "records/actor.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"
#include "records/record_writer.hpp"

namespace zeren::records {

/// Adds to `writer` what `step` of `record` makes: for each item of its catalogue (Surroundings) that no record linked
/// to this one stands for, a record of `made` with the item's code, its title and what else it says, linked to this
/// one and in the same entry. Fails with RecordFieldInvalid when what the item says does not fit the type.
base::Result<void> make_records(RecordWriter& writer, const Record& record, const Step& step,
                                const RecordType& made, const rules::HeldRole& capacity, const Actor& actor,
                                const Planning& planning);

}  // namespace zeren::records
