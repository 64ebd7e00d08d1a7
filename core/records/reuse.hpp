// One record for several obligations: what was filed for one may fulfil another of the same owner that allows it,
// once it was sent to all whom the other one asks for. It is judged there by when they got it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "records/actor.hpp"
#include "records/obligation.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"
#include "records/record_writer.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::records {

/// What is known of the obligation's reuse; nullopt when no record was ever used for the obligation. Fails as Session::query(). Blocks.
base::Result<std::optional<Reuse>> load_reuse(store::Session& session, const std::string& obligation);

/// What the record is used for beside its own obligation. Fails as Session::query(). Blocks.
base::Result<std::vector<Reuse>> load_reuses(store::Session& session, const std::string& record);

/// What of the record that stands for an obligation the ledger needs.
struct Reused {
  std::string record;
  std::string type;
  std::string state;
  std::int64_t returned = 0;
  std::map<org::UnitId, base::Instant> delivered = {};  ///< when each recipient first got it
};

/// By obligation: of all, or of `one`. Fails as Session::query(). Blocks.
base::Result<std::map<std::string, Reused>> load_reused(store::Session& session, const std::string& one = {});

/// When all whom `obligation` asks for had got it; nullopt while one has not.
std::optional<base::Instant> first_delivered(const Reused& reused, const Obligation& obligation);

/// Uses the record for `obligation`, too. `also_by` is what its rule allows, `before` what load_reuse() says. Fails
/// with Forbidden for who may not draft such a record, and with ReuseUnfit for a record of another type or owner, one
/// that is closed, was filed for this very obligation, or has not been sent to all its recipients.
base::Result<store::ChangeSet> plan_reuse(const RecordType& type, const Record& record, const Obligation& obligation,
                                          const std::vector<std::string>& also_by,
                                          const std::optional<Reuse>& before, const Actor& actor,
                                          const Planning& planning);

/// Takes that back, with a reason. Fails with Forbidden, StepReasonMissing, and with ReuseUnfit when it does not
/// stand, or the record is closed: then others rest on it.
base::Result<store::ChangeSet> plan_end_reuse(const RecordType& type, const Record& record,
                                              const std::optional<Reuse>& before, const std::string& reason,
                                              const Actor& actor, const Planning& planning);

/// What the record is used for is owed again: it was declared void.
void end_reuses(RecordWriter& writer, const Record& record, const std::string& reason);

/// To be read with the draft of a record, so that nobody uses another for its obligation meanwhile. Fails as
/// Session::query(). Blocks.
base::Result<store::ReadVersion> read_of_reuse(store::Session& session, const std::string& obligation);

}  // namespace zeren::records
