// Commands about single legs of a dispatch. All answer `{id, version, state}` of the record, and fail with
// RecordUnknown or RecordRecused as the commands of record_commands.hpp do.
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "records/leg_plans.hpp"

namespace zeren::app {

/// What is asked about one leg of one record.
struct LegOf {
  std::string record;
  std::string leg;
};

/// Fails as records::plan_withhold().
Command withhold_leg(const access::Principal& principal, const LegOf& leg, const std::string& reason);

/// Fails as records::plan_release().
Command release_leg(const access::Principal& principal, const LegOf& leg, const std::string& reason);

/// As records::HandEntry, on a day: people do not note the hour.
struct EnteredByHand {
  std::string kind;
  base::Date on;
  std::string number;
  std::string scan;
};

/// Fails as records::plan_enter().
Command enter_leg(const access::Principal& principal, const LegOf& leg, const EnteredByHand& entered);

/// Fails as records::plan_confirm().
Command confirm_leg(const access::Principal& principal, const LegOf& leg, const std::string& kind);

}  // namespace zeren::app
