// What the security administrator grants beside the rights that come with a post: an action on a type of record, over
// units, up to a degree of sensitivity, with groups of fields, and perhaps only to who has to do with the record.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil_time.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "org/organisation.hpp"
#include "rules/sensitivity.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::access {

/// What the holder must be to the record. Of a recipient the units are those that it was sent to, else those that own
/// it.
enum class Tie : std::uint8_t { Any, Author, Recipient, Assignee };

/// `any`, `author`, `recipient`, `assignee`.
std::string_view name_of(Tie tie);
std::optional<Tie> tie_named(std::string_view name);

/// The action of a grant that lets its holder read; any other is a step of the type, and includes it.
inline constexpr std::string_view kReads = "read";

/// The epoch that every change of a grant bumps.
inline constexpr std::string_view kGrantEpoch = "grants";

struct Grant {
  std::string id;
  std::int64_t version = 1;
  std::string account;  ///< id; empty: whoever holds `post`
  org::PostId post;
  std::string module;
  std::string type;
  std::string action;  ///< kReads or a step
  org::UnitId unit;
  std::optional<org::RelationKind> below;  ///< and the units below it, along a hierarchical kind
  rules::Sensitivity clearance = rules::Sensitivity::Internal;
  std::vector<std::string> groups;  ///< of fields
  Tie tie = Tie::Any;
  base::Period valid;
  std::string reason;
  std::string given_by;  ///< account id
  base::Instant given_at;
};

/// All grants that were not revoked, in memory; immutable. Any thread.
class GrantBook final {
 public:
  /// Fails as Session::query(). Blocks. Shared by the host and each reader that is still at work when it is swapped.
  static base::Result<std::shared_ptr<const GrantBook>> load(store::Session& session);

  GrantBook(std::vector<Grant> grants, std::int64_t epoch)
      : grants_(std::move(grants)), epoch_(epoch) {}

  /// What the account, or one of these posts, holds on that day. Pointers live as long as the book.
  std::vector<const Grant*> held(const std::string& account, const std::vector<org::PostId>& posts,
                                 base::Date on) const;

  const std::vector<Grant>& all() const { return grants_; }  ///< the newest first
  std::int64_t epoch() const { return epoch_; }              ///< 0 before the first grant

 private:
  std::vector<Grant> grants_;
  std::int64_t epoch_;
};

/// Whether the grant's units hold `unit` today. Any thread.
bool covers(const Grant& grant, const org::Organisation& organisation, const org::UnitId& unit);

/// A new grant (id, giver and time are given here), in force once committed. Whether what it names exists is the
/// caller's to say. Fails with GrantToSelf when `giver`, or a person of it, would hold it.
base::Result<store::ChangeSet> plan_grant(Grant grant, const std::string& giver,
                                          const GrantBook& book, base::IdGenerator& ids,
                                          base::Instant now);

/// Fails with GrantUnknown when there is none, or it was revoked.
base::Result<store::ChangeSet> plan_revocation(const GrantBook& book, const std::string& id,
                                               const std::string& reason, base::Instant now);

}  // namespace zeren::access
