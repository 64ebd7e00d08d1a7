// A unit as it stood on a day, as far as was known at another: its posts and who held them, what stood empty, what it
// came from and became, and who answered for it.
#pragma once

#include <optional>
#include <string>

#include "access/principal.hpp"
#include "app/queries/ledger_queries.hpp"
#include "base/civil_time.hpp"

namespace zeren::app {

/// Today, and all we know, unless told otherwise.
struct WhenAsked {
  std::optional<base::Date> valid;
  std::optional<base::Date> known;  ///< what had been recorded by the end of that day
};

/// `{unit, valid, posts: [{code, title, class, holders: [{person, mode, document, from, to, portfolio}]}]}`. The
/// organisation is there to be known: for any principal, like all of this file. Fails with UnitUnknown.
Query list_posts(const std::string& unit, const WhenAsked& when);

/// `{unit, valid, items: [{post, since, stand_ins, unattended_since}]}`. Fails with UnitUnknown.
Query list_vacancies(const std::string& unit, const WhenAsked& when);

/// `{unit, valid, predecessors, successors, mapped_to, mapped_from}`: one step each way, and who stands for whom on
/// that day. Fails with UnitUnknown.
Query list_successions(const std::string& unit, const WhenAsked& when);

/// `{unit, valid, items: [{person, post, mode, from, to}]}`: whose portfolio the unit was in. Fails with UnitUnknown.
Query list_covering(const std::string& unit, const WhenAsked& when);

}  // namespace zeren::app
