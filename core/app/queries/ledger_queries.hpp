// Lists and counts. Each answers only what its caller may see.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "access/principal.hpp"
#include "app/page.hpp"
#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "records/ledger.hpp"
#include "records/light.hpp"

namespace zeren::app {

using Query = std::function<base::Result<base::Json>(Snapshot&)>;

/// Narrows a list; an empty text does not.
struct ObligationFilter {
  std::string module;
  std::string unit;    ///< code
  std::string period;
  std::optional<records::Light> light;
};

/// `{items: [{id, module, rule, owner: {code, name}, period, due, light, …}], next}`, by due date. This list and the
/// next two say in `left_out` which modules are not in force (app/queries/left_out.hpp). Fails with CursorInvalid.
Query list_obligations(const access::Principal& principal, const ObligationFilter& filter, const Page& page);

/// `{items: [{module, name, rule, title, lights: {grey: 1, …}, total}]}`: counts of what list_obligations()
/// shows.
Query summarise_obligations(const access::Principal& principal, const ObligationFilter& filter);

/// `{items, next}`: records, newest first. Fails with CursorInvalid.
Query list_records(const access::Principal& principal, const Page& page);

/// The table that the module computes over the obligations the caller may see (zeren/compute.h).
Query compute(const access::Principal& principal, const std::string& module, const std::string& name,
              const ObligationFilter& filter);

}  // namespace zeren::app
