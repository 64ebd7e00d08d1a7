// What people and modules do with links between records.
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "app/linked.hpp"

namespace zeren::app {

/// All of these answer `{id, version, state}` of the record that says the link, and fail with RecordUnknown for what
/// the caller may not see, and with RecordRecused.

/// A confirmed link. Fails as link_order() and records::plan_link().
Command link_record(const access::Principal& principal, const std::string& record, const WantedLink& wanted);

/// A link for others to confirm, by somebody on the record's side of the dispatch. Fails as link_order(),
/// records::standing_of() and records::plan_propose_link().
Command propose_link(const access::Principal& principal, const std::string& record, const WantedLink& wanted);

/// The same by the module `module`, of a record of its own to any other: whether it may is for its declaration to
/// say, and the caller's to have checked. Fails with RecordUnknown, and as records::plan_propose_link().
base::Result<store::ChangeSet> plan_proposal_as(Snapshot& snapshot, const std::string& module,
                                                const std::string& record, const WantedLink& wanted);
Command propose_link_as(const std::string& module, const std::string& record, const WantedLink& wanted);

/// Fails as records::plan_confirm_link().
Command confirm_link(const access::Principal& principal, const std::string& record, const std::string& link);

/// Fails as records::plan_take_back_link().
Command take_back_link(const access::Principal& principal, const std::string& record, const std::string& link,
                       const std::string& reason);

}  // namespace zeren::app
