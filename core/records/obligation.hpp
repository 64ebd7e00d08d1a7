// Who owes what to whom by when. Rules come from a module's manifest; obligations are derived from them
// and the organisation, never typed in.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "org/organisation.hpp"
#include "records/period.hpp"
#include "records/recipients.hpp"
#include "rules/calendar.hpp"
#include "rules/due_dates.hpp"
#include "rules/rule_book.hpp"

namespace zeren::records {

/// On what an obligation hangs. Whoever holds the post owes what hangs on it, formally or standing in.
enum class Bearer : std::uint8_t { Unit, Post, Appointment };

/// What brings an obligation about: the calendar, the end of an appointment (交接), or that somebody is
/// appointed formally where somebody stood in before (domain E2, E3).
enum class Occasion : std::uint8_t { Calendar, Left, Confirmed };

/// Records that bring an obligation about each, of their own unit, as long as they are in one of `states`, in one
/// that fulfils it or in one that exempts from it.
struct SourceRule {
  std::string record_type;
  std::vector<std::string> states;
  std::string due;  ///< the field that holds the date; while it is blank, there is no date
};

struct ObligationRule {
  std::string module;
  std::string key;
  base::Json title;
  std::string basis;                     ///< article
  std::vector<std::string> owner_kinds;  ///< unit kinds that owe it
  std::string record_type;
  rules::DueRule due;
  PeriodKind period = PeriodKind::Year;
  std::vector<RecipientRule> recipients;
  Bearer bearer = Bearer::Unit;
  std::string post_class = {};  ///< of the posts it hangs on, or whose appointments
  std::string min_tenure = {};  ///< parameter: days in the period from which an appointment owes it
  Occasion occasion = Occasion::Calendar;
  std::string within = {};   ///< parameter: days after the occasion
  std::vector<std::string> fulfilled_in = {};  ///< states of the record; empty: its final ones, once it was sent
  std::vector<std::string> exempt_in = {};     ///< states in which nothing is asked for
  bool dated = true;                           ///< otherwise one a period, whenever somebody plans it
  std::optional<SourceRule> source = std::nullopt;
  std::string at_once = {};  ///< parameter: working days within which all legs must go (同时); empty: not asked
  std::vector<std::string> also_by = {};  ///< types of records that fulfil it though filed for something else (reuse.hpp)
};

/// The manifest's section `obligations`. Fails with ConfigInvalid when a path cannot be parsed.
base::Result<std::vector<ObligationRule>> read_obligation_rules(const std::string& module,
                                                                const base::Json& section);

/// How an obligation came to the unit that owes it now (domain E1).
struct Provenance {
  org::UnitId origin;  ///< the unit that owed it first
  base::Date on;
  std::string how;  ///< of org::successions()
  bool operator==(const Provenance&) const = default;
};

struct Obligation {
  std::string id;
  std::string module;
  std::string rule;
  std::int64_t rule_version = 0;
  std::string record_type;
  org::UnitId owner;
  org::UnitId counterpart;  ///< empty unless the rule is per counterpart
  std::string period;       ///< `2025`, `2025Q4`; of a source what its record says
  std::int64_t occurrence = 1;
  base::Date due;           ///< kForever: none
  std::vector<Recipients> recipients;
  bool superseded = false;
  org::PostId post = {};                ///< on which it hangs; empty unless it hangs on a post
  org::AppointmentId appointment = {};  ///< whose holder owes it; likewise
  std::optional<Provenance> moved = std::nullopt;
  std::string source = {};  ///< the record that brought it about; empty: a rule alone did
  bool operator==(const Obligation&) const = default;

  bool is_dated() const { return due != base::kForever; }
  /// The day by which it lies within a span of time: its due date, or the first day of its period.
  base::Date placed_on() const;
};

/// The key an obligation keeps however often it is derived, also when its date moves or its unit is merged: 128
/// bits of SHA-256 over (module, rule, first owner, counterpart, period, occurrence), and the post or the
/// appointment it hangs on, in hexadecimal; of a source over (module, rule, source).
std::string obligation_id(const Obligation& obligation);

/// The same of an obligation that `first` owed first.
std::string obligation_id(const Obligation& obligation, const org::UnitId& first);

/// Takes obligations one by one, as they are derived.
using TakeObligation = std::function<void(Obligation obligation)>;

/// What a rule asks for.
struct Derivation {
  std::vector<Obligation> obligations;
  std::set<int> undeclared;  ///< years without a calendar table that had a say in a date
};

/// All obligations of `rule` that fall due in `window`, for the units that `issuer` binds: those that have
/// it above them (rules::line_of). Each owner is asked for as it stands on the due date; what a unit that ended
/// owes for a period it stood in passes to the unit that took over (debtor.hpp). Period and occurrence are those
/// of the date before the calendar policy moved it. Ordered by owner code and date. Fails with
/// RecurrenceInvalid. A rule without a date asks once for each period that begins in `window`, of who stands on its
/// last day; a rule with a source for nothing (source_obligations.hpp). Any thread.
base::Result<Derivation> derive(const ObligationRule& rule, const rules::RuleBook& book,
                                const org::Organisation& organisation,
                                const rules::Calendar& calendar, const org::UnitId& issuer,
                                const base::Period& window);

/// The same handed to `take` one by one, for a country of which not all fits into memory so; answers the undeclared
/// years. Any thread.
base::Result<std::set<int>> derive_each(const ObligationRule& rule, const rules::RuleBook& book,
                                        const org::Organisation& organisation, const rules::Calendar& calendar,
                                        const org::UnitId& issuer, const base::Period& window,
                                        const TakeObligation& take);

}  // namespace zeren::records
