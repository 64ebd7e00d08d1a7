// Sending one digest to several recipients, as part of a step's plan. Answers to legs are planned in
// record_plans.hpp.
#pragma once

#include "base/error.hpp"
#include "base/json.hpp"
#include "records/obligation.hpp"
#include "records/record.hpp"
#include "records/record_writer.hpp"

namespace zeren::records {

/// The next round of the record's dispatch: one leg for each recipient of the obligation. Fails with
/// RecipientMissing when the obligation is unknown or the organisation has nobody under one of its keys.
base::Result<void> send(RecordWriter& writer, const Record& record, const base::Json& content,
                        const Obligation* obligation, const Planning& planning);

}  // namespace zeren::records
