// Who acts on a record: an account, the roles its person holds, and the posts it holds them through.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "records/record_type.hpp"
#include "rules/roles.hpp"

namespace zeren::records {

/// A post held today, and in what mode: who acts for another acts in the post.
struct HeldPost {
  org::PostId post;
  org::UnitId unit;
  std::string mode;
  std::string title;
};

struct Actor {
  std::string account;                 ///< id
  std::vector<rules::HeldRole> roles;  ///< in the record's module
  org::PersonId person = {};
  std::vector<HeldPost> posts = {};
  // On the record at hand:
  std::set<std::string> groups = {};   ///< of fields, that the actor sees and fills in
  std::set<std::string> granted = {};  ///< steps that were granted, beside those that a role may take
};

/// The moment and the identifiers a plan works with.
struct Planning {
  base::Instant now;
  base::IdGenerator& ids;
};

struct Record;
struct Surroundings;

/// The units that the sides of a record mean.
struct Sides {
  org::UnitId owner;
  std::vector<org::UnitId> recipients;  ///< of the round in question
  const Surroundings* around = nullptr;  ///< of the record; must outlive it. Without, nobody is above or beside
};

/// The sides of `record`, which must outlive them: recipients are whom its current round was sent to.
Sides sides_of(const Record& record);
/// The same where only one recipient is in question.
Sides sides_of(const Record& record, const org::UnitId& recipient);

/// Whether `unit` stands on that side of a record of the type; of the bearer's, whether it is the owner.
bool stands_on(const RecordType& type, const Side& side, const org::UnitId& unit, const Sides& sides);

/// The role under which `actor` may do what takes one of `by`. Fails with Forbidden, which names `action`
/// and the roles it takes, by their titles.
base::Result<rules::HeldRole> capacity_for(const RecordType& type, const std::vector<MayAct>& by,
                                           const Actor& actor, const Sides& sides,
                                           const base::Json& action);

/// The same for `step`; a step that was granted is taken in its first role, in the post that
/// the actor holds.
base::Result<rules::HeldRole> capacity_for_step(const RecordType& type, const Step& step,
                                                const Actor& actor, const Sides& sides);

/// `主持工作 县委书记` as code and title: `in_charge:县委书记`.
std::string capacity_text(const rules::HeldRole& role);

/// `{mode, title, text: {"en", "zh-CN"}}` of a capacity_text(): who stands in is shown standing in.
base::Json capacity_json(const std::string& capacity);

}  // namespace zeren::records
