// Who owes what to whom by when. Rules come from a module's manifest; obligations are derived from them
// and the organisation, never typed in.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "org/organisation.hpp"
#include "org/path.hpp"
#include "rules/calendar.hpp"
#include "rules/due_dates.hpp"
#include "rules/rule_book.hpp"

namespace zeren::records {

enum class PeriodKind : std::uint8_t { Year, PreviousYear };

struct ObligationRule {
  std::string module;
  std::string key;
  base::Json title;
  std::string basis;                     ///< article
  std::vector<std::string> owner_kinds;  ///< unit kinds that owe it
  std::string record_type;
  rules::DueRule due;
  PeriodKind period = PeriodKind::Year;
  std::vector<std::pair<std::string, org::Path>> recipients;  ///< by the recipients' keys
};

/// The manifest's section `obligations`. Fails with ConfigInvalid when a path cannot be parsed.
base::Result<std::vector<ObligationRule>> read_obligation_rules(const std::string& module,
                                                                const base::Json& section);

/// To whom, under one key of the rule; empty when the organisation has nobody there.
struct Recipients {
  std::string key;
  std::vector<org::UnitId> units;
  bool operator==(const Recipients&) const = default;
};

struct Obligation {
  std::string id;
  std::string module;
  std::string rule;
  std::int64_t rule_version = 0;
  std::string record_type;
  org::UnitId owner;
  org::UnitId counterpart;  ///< empty unless the rule is per counterpart
  std::string period;       ///< `2025`
  std::int64_t occurrence = 1;
  base::Date due;
  std::vector<Recipients> recipients;
  bool superseded = false;
  bool operator==(const Obligation&) const = default;
};

/// The key an obligation keeps however often it is derived, also when its date moves: 128 bits of
/// SHA-256 over (module, rule, owner, counterpart, period, occurrence), in hexadecimal.
std::string obligation_id(const Obligation& obligation);

/// What a rule asks for.
struct Derivation {
  std::vector<Obligation> obligations;
  std::set<int> undeclared;  ///< years without a calendar table that had a say in a date
};

/// All obligations of `rule` that fall due in `window`, for the units that `issuer` binds: those that have
/// it above them (rules::line_of). Each owner is asked for as it stands on the due date; period and occurrence
/// are those of the date before the calendar policy moved it. Ordered by owner code and date. Fails with
/// RecurrenceInvalid. Any thread.
base::Result<Derivation> derive(const ObligationRule& rule, const rules::RuleBook& book,
                                const org::Organisation& organisation,
                                const rules::Calendar& calendar, const org::UnitId& issuer,
                                const base::Period& window);

}  // namespace zeren::records
