#include "app/commands/grant_commands.hpp"

#include <algorithm>
#include <utility>

#include "access/account.hpp"
#include "access/grant.hpp"
#include "app/queries/unit_reference.hpp"
#include "org/code_tables.hpp"
#include "records/task_plans.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

Json grant_title() { return {{"en", "Grant"}, {"zh-CN", "授权"}}; }
Json revocation_title() { return {{"en", "Revoke a grant"}, {"zh-CN", "撤销授权"}}; }

tl::unexpected<base::Error> wrong(const std::string& member, const std::string& english,
                                  const std::string& chinese) {
  return base::fail(Code::RequestMalformed,
                    {{"reason", "\"" + member + "\" " + english},
                     {"reason.zh-CN", member + " " + chinese}},
                    {"", 0, 0, "/" + member});
}

Result<void> read_holder(Snapshot& snapshot, const WantedGrant& wanted, access::Grant& grant) {
  if (wanted.account.empty() == wanted.post.empty()) {
    return wrong("account", "or \"post\" is given, and not both", "与 post 须填其一，且只填其一");
  }
  if (!wanted.post.empty()) {
    const auto* post = snapshot.organisation().post_by_code(wanted.post);
    if (post == nullptr) return base::fail(Code::PostUnknown, {{"post", wanted.post}});
    grant.post = post->id;
    return {};
  }
  const auto account = access::find_account(snapshot.session, wanted.account);
  if (!account) return base::pass(account);
  if (!*account) return base::fail(Code::AccountUnknown, {{"account", wanted.account}});
  grant.account = (*account)->id;
  if ((*account)->administers != access::Administers::Nothing) {
    return wrong("account", "is an administrator's: they see no records", "属于管理员，管理员不得查看台账记录");
  }
  if ((*account)->person) return {};
  // Whoever made the account chose its password, and would read by it.
  return wrong("account", "belongs to no person; only people, and whoever holds a post, are granted records",
               "未对应任职人员；台账记录只能授权给人员，或者职务的担任者");
}

Result<void> read_action(Snapshot& snapshot, const WantedGrant& wanted, access::Grant& grant) {
  const auto type = snapshot.modules().type(wanted.module, wanted.type);
  if (!type) return base::pass(type);
  grant.module = wanted.module;
  grant.type = wanted.type;
  grant.action = wanted.action;
  if (wanted.action != access::kReads && (*type)->step(wanted.action) == nullptr) {
    return wrong("action", "is read, or a step of the record type", "只能是 read 或该记录类型的办理步骤");
  }
  for (const auto& group : wanted.groups) {
    const auto& fields = (*type)->field_groups;
    if (std::ranges::any_of(fields, [&](const auto& each) { return each.second == group; })) continue;
    return wrong("groups", "names \"" + group + "\", which no field of the type lies in",
                 "中的“" + group + "”不是该记录类型的字段组");
  }
  grant.groups = wanted.groups;
  return {};
}

Result<void> read_extent(Snapshot& snapshot, const WantedGrant& wanted, access::Grant& grant) {
  auto unit = unit_called(snapshot, wanted.unit);
  if (!unit) return base::pass(std::move(unit));
  grant.unit = std::move(*unit);
  if (!wanted.below.empty()) {
    grant.below = org::relation_kind(wanted.below);
    if (!grant.below || !org::is_hierarchical(*grant.below)) {
      return wrong("below", "is party_superior or discipline_superior",
                   "只能是 party_superior 或 discipline_superior");
    }
  }
  const auto clearance = rules::sensitivity_named(wanted.sensitivity);
  if (!clearance) return base::pass(clearance);
  grant.clearance = *clearance;
  const auto tie = access::tie_named(wanted.tie.empty() ? "any" : wanted.tie);
  if (!tie) {
    return wrong("tie", "is any, author, recipient or assignee",
                 "只能是 any、author、recipient 或 assignee");
  }
  grant.tie = *tie;
  grant.valid = {wanted.valid_from, wanted.valid_to.value_or(base::kForever)};
  if (grant.valid.from < grant.valid.to) return {};
  return wrong("valid_to", "must be after \"valid_from\"", "须晚于 valid_from");
}

// To one of the giver's own posts is to itself.
Result<void> check_not_own(Snapshot& snapshot, const access::Principal& principal,
                           const access::Grant& grant) {
  const auto& organisation = snapshot.organisation();
  for (const auto* held : organisation.appointments_of(principal.person, {snapshot.today})) {
    if (held->post == grant.post) return base::fail(Code::GrantToSelf);
  }
  return {};
}

Result<access::Grant> read_grant(Snapshot& snapshot, const WantedGrant& wanted) {
  access::Grant grant;
  if (auto said = records::check_reason(grant_title(), wanted.reason); !said) {
    return base::pass(std::move(said));
  }
  grant.reason = wanted.reason;
  for (const auto& read : {read_holder, read_action, read_extent}) {
    if (auto done = read(snapshot, wanted, grant); !done) return base::pass(std::move(done));
  }
  return grant;
}

}  // namespace

Command give_grant(const access::Principal& principal, const WantedGrant& wanted) {
  return {"grant.give", [=](Snapshot& snapshot) -> Result<store::ChangeSet> {
            auto allowed = access::require(principal, access::Duty::ManageAccounts);
            if (!allowed) return base::pass(std::move(allowed));
            if (wanted.account == principal.name) return base::fail(Code::GrantToSelf);
            auto grant = read_grant(snapshot, wanted);
            if (!grant) return base::pass(std::move(grant));
            if (auto other = check_not_own(snapshot, principal, *grant); !other) {
              return base::pass(std::move(other));
            }
            return access::plan_grant(std::move(*grant), principal.id, snapshot.grants(),
                                      snapshot.ids, snapshot.now);
          }};
}

Command revoke_grant(const access::Principal& principal, const std::string& grant,
                     const std::string& reason) {
  return {"grant.revoke",
          [=](Snapshot& snapshot) -> Result<store::ChangeSet> {
            auto allowed = access::require(principal, access::Duty::ManageAccounts);
            if (!allowed) return base::pass(std::move(allowed));
            if (auto said = records::check_reason(revocation_title(), reason); !said) {
              return base::pass(std::move(said));
            }
            return access::plan_revocation(snapshot.grants(), grant, reason, snapshot.now);
          },
          {{"grant", grant, 0}}};
}

}  // namespace zeren::app
