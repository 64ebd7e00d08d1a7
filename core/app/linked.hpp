// Records at the other end of links: as somebody who links names them, and as a module's hooks are told of them.
#pragma once

#include <string>

#include "app/reach.hpp"
#include "app/record_case.hpp"
#include "records/link_plans.hpp"

namespace zeren::app {

/// What somebody asks a record to be linked to.
struct WantedLink {
  std::string kind;
  std::string to;  ///< record
};

/// The order to link so. Fails with RecordUnknown, at `/to`, for what `reach` does not see, and as
/// Session::query(). Blocks.
base::Result<records::LinkOrder> link_order(Snapshot& snapshot, const Reach& reach, const WantedLink& wanted);

/// The same for a link that stands already, whoever sees its other end. Fails with LinkUnknown. Any thread.
base::Result<records::LinkOrder> standing_order(const Snapshot& snapshot, const records::Record& record,
                                                const std::string& link);

/// Reads what the linked records of the record's own module say, each as of its type's version. Fails as
/// load_linked_contents(). Blocks.
base::Result<void> read_linked(Snapshot& snapshot, RecordCase& open);

/// `[{id, kind, direction, link, record: {id, module, type, period, state, content}}]`; content is null for records
/// of other modules, which are another module's to read. Any thread.
base::Json links_for_module(const records::Record& record);

}  // namespace zeren::app
