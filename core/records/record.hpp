// A record as it stands, with its history of steps and its dispatch, read in one go: what plans start from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "org/model.hpp"
#include "store/session.hpp"

namespace zeren::records {

struct StepTaken {
  std::int64_t version = 0;  ///< the record's, after the step
  std::string step;          ///< `submit`; on a leg `leg.sign_for`
  std::string from_state;
  std::string to_state;
  std::string account;
  std::string capacity;  ///< mode and post title of the person who acted
  std::string reason;
  base::Instant at;
};

enum class LegState : std::uint8_t { Sent, Receipted, Returned, Recalled };

struct Leg {
  std::string id;
  std::int64_t version = 1;
  org::UnitId recipient;
  std::string channel;  ///< `system`
  LegState state = LegState::Sent;
  base::Instant sent_at;
  std::optional<base::Instant> delivered_at;
  std::optional<base::Instant> answered_at;
  std::string answered_by;
  std::string receipt;  ///< base64 SHA-256 over digest, leg, account and time
  std::string reason;
};

struct Dispatch {
  std::string id;
  std::int64_t version = 1;
  std::int64_t content_version = 1;
  std::int64_t round = 1;
  std::string digest;
  std::string state;  ///< sent, receipted, returned
  base::Instant sent_at;
  std::vector<Leg> legs;
};

struct Record {
  std::string id;
  std::int64_t version = 1;
  std::string type;
  std::string module;
  std::int64_t schema_version = 1;
  org::UnitId unit;
  std::string period;
  std::string obligation;  ///< empty when it fulfils none
  std::string state;
  std::int64_t content_version = 1;
  std::int64_t rule_version = 0;
  std::string created_by;
  base::Instant created_at;
  base::Json content;
  std::vector<StepTaken> history;
  std::vector<Dispatch> rounds;  ///< oldest first; the last one is current

  const Dispatch* current_dispatch() const { return rounds.empty() ? nullptr : &rounds.back(); }
};

std::string_view name_of(LegState state);

/// The record, whole. Fails with RecordUnknown and as Session::query(). Blocks.
base::Result<Record> load_record(store::Session& session, const std::string& id);

}  // namespace zeren::records
