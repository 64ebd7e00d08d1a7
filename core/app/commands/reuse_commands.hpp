// One record for several obligations (domain: enter once).
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/host.hpp"

namespace zeren::app {

/// Lets `record` fulfil `obligation`, too. Fails with ObligationUnknown, RecordUnknown, RecordRecused, RecordExists
/// when the obligation has a record already, and as records::plan_reuse(). Answers `{id, version, state}` of the
/// record.
Command reuse_record(const access::Principal& principal, const std::string& obligation, const std::string& record);

/// Takes it back. Fails likewise, and as records::plan_end_reuse().
Command end_reuse(const access::Principal& principal, const std::string& obligation, const std::string& reason);

}  // namespace zeren::app
