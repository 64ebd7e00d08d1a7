// A record as it stands, with its history of steps and its dispatch, read in one go: what plans start from.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "org/model.hpp"
#include "org/organisation.hpp"
#include "records/attachment.hpp"
#include "records/catalogue.hpp"
#include "records/field_forms.hpp"
#include "records/link.hpp"
#include "records/task.hpp"
#include "rules/sensitivity.hpp"
#include "store/session.hpp"

namespace zeren::records {

struct StepTaken {
  std::int64_t version = 0;  ///< the record's, after the step; of an act that changes nothing, the one that stood
  std::string step;          ///< `submit`; on a leg `leg.sign_for`; with a task `task.agree`
  std::string from_state;
  std::string to_state;
  std::string account;
  std::string capacity;  ///< mode and post title of the person who acted
  std::string reason;
  base::Instant at;
  std::string role = {};  ///< of the module, that was acted in; empty: none
};

/// Held: waits for its release. Withheld: kept back by somebody's decision; neither reaches its recipient.
enum class LegState : std::uint8_t { Sent, Receipted, Returned, Recalled, Held, Withheld };

/// What was entered of a copy that went by hand, by one person, and confirmed by another.
struct LegEntry {
  std::string kind;  ///< delivery, receipt
  std::int64_t version = 1;
  base::Instant happened_at;
  std::string number;
  std::string scan;
  std::string entered_by;  ///< account, as confirmed_by
  std::optional<std::string> confirmed_by = std::nullopt;
};

struct Leg {
  std::string id;
  std::int64_t version = 1;
  org::UnitId recipient;
  std::string channel;  ///< `system`; any other goes by hand
  LegState state = LegState::Sent;
  base::Instant sent_at;
  std::optional<base::Instant> delivered_at;
  std::optional<base::Instant> answered_at;
  std::string answered_by;
  std::string receipt;  ///< base64 SHA-256 over digest, leg, account and time
  std::string reason;
  std::optional<base::Instant> opened_at = std::nullopt;  ///< when its recipient first read it
  std::int64_t urged = 0;  ///< how often its sender reminded the recipient
  std::string profile = {};  ///< of the type: what is left out; empty: nothing
  std::string digest = {};   ///< of what it carries, where that is not what the dispatch says
  std::string decided_by = {};  ///< account that withheld or released it
  std::string decision = {};    ///< with what reason
  std::vector<LegEntry> entries = {};

  /// Whether it is, or was, on its way to the recipient.
  bool is_out() const { return state != LegState::Held && state != LegState::Withheld; }
  /// Whether it may be signed for without its holding anything up: signed for, or withheld.
  bool is_settled() const { return state == LegState::Receipted || state == LegState::Withheld; }
  const LegEntry* entry(std::string_view kind) const;
};

struct Dispatch {
  std::string id;
  std::int64_t version = 1;
  std::int64_t content_version = 1;
  std::int64_t round = 1;
  std::string digest;
  std::string state;  ///< sent, receipted, returned, recalled
  base::Instant sent_at;
  std::vector<Leg> legs;
  std::optional<std::int64_t> skew = std::nullopt;  ///< working days between the first leg and the last
  base::Json dissent = base::Json::array();  ///< who had not agreed: [{holder, state, opinion}]
};

/// What somebody said about a record, for those on its side of the dispatch.
struct Comment {
  std::string id;
  org::UnitId circle;  ///< as of a task
  std::string author;  ///< account
  std::string capacity;
  std::string text;
  base::Instant written_at;
};

/// Who may not see or touch the record any more (domain E6).
struct Recusal {
  std::string id;
  org::PersonId person;
  std::string relation;
  std::string decision;  ///< declared, ordered
  std::string reason;
  std::string capacity;  ///< of who declared or ordered it
  org::PostId replacement;
  base::Instant since;
  std::string decided_by = {};  ///< account
};

/// That a record stands, or stood, for an obligation it was not filed for (reuse.hpp).
struct Reuse {
  std::int64_t version = 1;
  std::string obligation;
  std::string record;
  bool stands = true;
};

/// What the organisation says about a record today; who loads a record for somebody fills it in.
struct Surroundings {
  std::vector<org::UnitId> above = {};  ///< the units above its own, nearest first
  org::PostId post = {};                ///< on which its obligation hangs, while somebody attends to it
  org::PersonId person = {};            ///< whose appointment it hangs on
  std::string at_once = {};  ///< parameter: how far apart its legs may go (ObligationRule)
  Catalogues catalogues = {};  ///< of its module, with what its unit adds
  std::shared_ptr<const org::Organisation> organisation = nullptr;  ///< on whose `today` its named sides rest
  base::Date today = {};
};

/// Where the codes in a record's fields are looked up. `standing`: units must stand today.
CodesKnown codes_known(const Surroundings& around, bool standing = true);

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
  std::vector<Task> tasks = {};
  std::vector<Comment> comments = {};
  std::vector<Recusal> recusals = {};
  std::vector<Attachment> attachments = {};  ///< removed ones included
  std::optional<rules::Sensitivity> sensitivity = std::nullopt;  ///< none: what its type says
  std::int64_t content_schema = 1;  ///< version of the type's fields that `content` is of
  Surroundings around = {};
  Links links = {};  ///< that stand
  std::vector<Reuse> reuses = {};  ///< likewise

  const Dispatch* current_dispatch() const { return rounds.empty() ? nullptr : &rounds.back(); }
};

std::string_view name_of(LegState state);
base::Json title_of(LegState state);

/// What a column says that is null where the type decides. Of a word that we would not write the worst is assumed.
std::optional<rules::Sensitivity> sensitivity_in(const store::Row& row, std::size_t column);

/// The record, whole. Fails with RecordUnknown and as Session::query(). Blocks.
base::Result<Record> load_record(store::Session& session, const std::string& id);

/// The recusals from `record`, oldest first. Fails as Session::query(). Blocks.
base::Result<std::vector<Recusal>> load_recusals(store::Session& session, const std::string& record);

/// One version of the content that is or was.
struct ContentVersion {
  std::int64_t version = 0;
  std::string author;  ///< account
  base::Instant written_at;
  base::Json content;
  std::int64_t schema_version = 1;  ///< that it was written in
};

/// Every version, oldest first. Fails as Session::query(). Blocks.
base::Result<std::vector<ContentVersion>> load_versions(store::Session& session,
                                                        const std::string& record);

}  // namespace zeren::records
