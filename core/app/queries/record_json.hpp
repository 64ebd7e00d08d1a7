// A record as one reader sees it, as JSON: what stands on its side of the dispatch, and what it could do now.
#pragma once

#include "app/record_case.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::app {

/// `open.record` as its reader may see it: whoever stands outside the owner's circle sees what it was sent, when,
/// and what recipients answered; neither the owner's drafts since, nor what the other side says among itself.
/// Fails with RecordUnknown when nothing was sent to the reader, and as Session::query(). Blocks.
base::Result<void> show_as_sent(Snapshot& snapshot, RecordCase& open);

/// The whole of it. Fails as records::corrections_of().
base::Result<base::Json> record_json(const Snapshot& snapshot, const RecordCase& open);

/// One task, with `verbs`, those that the reader could take. Fails as name_behind().
base::Result<base::Json> task_json(const Snapshot& snapshot, const RecordCase& open, const records::Task& task);

/// `content` as the reader's copy in `dispatch` has it: without what its profile leaves out. Of several copies the
/// fullest.
base::Json as_sent(const RecordCase& open, const records::Dispatch& dispatch, base::Json content);

}  // namespace zeren::app
