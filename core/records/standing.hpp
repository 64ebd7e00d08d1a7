// How obligations stand: which record answers each, how far it has come, and when it was delivered or reached the
// state that counts.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "records/obligation.hpp"
#include "store/session.hpp"

namespace zeren::records {

/// States of records that fulfil the obligations of a rule.
struct Fulfilling {
  std::vector<std::string> states;
  bool sent = false;  ///< to recipients: it is in time when it was delivered in time, whatever states complete it
};

/// By module and rule, the states of a record that fulfil what is owed; of a rule that is not here, its legs decide.
using FulfillingStates = std::map<std::pair<std::string, std::string>, Fulfilling>;

/// What is known of an obligation's fulfilment.
struct Standing {
  Obligation obligation;
  std::string record;  ///< empty while there is none
  std::string state;   ///< the record's; empty likewise
  std::int64_t returned = 0;
  /// When every leg of the first round that stands was delivered, or the record first reached a state that fulfils.
  std::optional<base::Instant> first_delivered;
  std::optional<base::Date> extended_to = std::nullopt;  ///< granted on request; the obligation keeps its date
  std::string record_type = {};  ///< the record's; not that of the obligation where it was filed for something else
  bool reused = false;           ///< whether it was
};

/// All open obligations with their standing, ordered by due date and id. Whom they may be shown to is the
/// caller's to decide. Fails as Session::query(). Blocks.
base::Result<std::vector<Standing>> load_standings(store::Session& session, const FulfillingStates& fulfilling = {});

/// The same one by one in no order, without recipients: of millions, those with a record are held in memory. Fails as
/// `take`, which ends it, too.
base::Result<void> each_standing(store::Session& session, const FulfillingStates& fulfilling,
                                 const std::function<base::Result<void>(const Standing&)>& take);

/// That of one obligation, superseded or not. Fails with ObligationUnknown, and as Session::query(). Blocks.
base::Result<Standing> load_standing(store::Session& session, const FulfillingStates& fulfilling,
                                     const std::string& obligation);

/// Ids of the obligations for which a record was sent, and not recalled, or used, or reached a state that fulfils them; not of
/// those that a record brought about, which no rule moves. Fails as Session::query(). Blocks.
base::Result<std::set<std::string>> filed_obligations(store::Session& session,
                                                      const FulfillingStates& fulfilling = {});

/// Of those in [from, to); an empty `to` is the end.
base::Result<std::set<std::string>> filed_obligations(store::Session& session, const FulfillingStates& fulfilling,
                                                      const std::string& from, const std::string& to);

}  // namespace zeren::records
