// Lists and counts. Each answers only what its caller may see.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
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

/// Whose an obligation of a unit that ended is: that unit's, as at that time, or of who stands for it today.
enum class UnitMapping : std::uint8_t { Today, Then };

/// Narrows a list; an empty text does not.
struct ObligationFilter {
  std::string module;
  std::string unit;    ///< code
  std::string period;
  std::optional<records::Light> light;
  UnitMapping mapping = UnitMapping::Today;
};

/// The same for records. Fields are those that the type indexes; with them only what the caller sees as the owner's is
/// looked at: what a recipient's copy leaves out cannot be guessed by searching for it.
struct RecordFilter {
  std::string module;
  std::string type;    ///< of the module
  std::string unit;    ///< code of the owner
  std::string period;
  std::string state;   ///< key
  std::map<std::string, std::string> fields;
  std::string order;  ///< an indexed field, ascending; with `-` before it, descending
};

/// `{items: [{id, module, rule, owner: {code, name}, period, due, light, …}], next}`, by due date, with what was
/// taken over from earlier ledgers (app/queries/history_queries.hpp), which no count and no table knows of. This list
/// and the next two say in `left_out` which modules are not in force (app/queries/left_out.hpp). They fail as
/// check_module(), check_period() (app/queries/list_filter.hpp) and unit_called(), pages with CursorInvalid.
Query list_obligations(const access::Principal& principal, const ObligationFilter& filter, const Page& page);

/// `{items: [{module, name, rule, title, lights: {grey: 1, …}, total}], units: [{unit, lights, total}]}`: counts of
/// the obligations that list_obligations() shows, by rule and by unit; of all of them for whoever sees summaries.
Query summarise_obligations(const access::Principal& principal, const ObligationFilter& filter);

/// `{items, next}`: the records that the caller may see and that are as `filter` says, newest first unless it orders
/// them. Fails with CursorInvalid, as check_module(), check_period() (app/queries/list_filter.hpp), unit_called() and
/// ModuleSet::type(), and with RequestMalformed: for a type without its module, fields or an order without a type, a
/// field that the type does not index, a state that no type has.
Query list_records(const access::Principal& principal, const RecordFilter& filter, const Page& page);

/// The table that the module computes over the obligations the caller may see (zeren/compute.h).
Query compute(const access::Principal& principal, const std::string& module, const std::string& name,
              const ObligationFilter& filter);

}  // namespace zeren::app
