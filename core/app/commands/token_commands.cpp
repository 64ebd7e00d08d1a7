#include "app/commands/token_commands.hpp"

#include "access/token.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Result;

// Who makes a token can act as the account; who ends one cannot.
enum class TokenAct : std::uint8_t { Make, End };

tl::unexpected<base::Error> only_the_owner(const std::string& name) {
  return base::fail(Code::Forbidden, {{"action", "make a token of the account " + name},
                                      {"action.zh-CN", "为账号 " + name + " 建立访问令牌"},
                                      {"needs", "whoever signs in as " + name},
                                      {"needs.zh-CN", "该账号本人登录办理"}});
}

Result<access::Account> owner_of(Snapshot& snapshot, const access::Principal& principal,
                                 const std::string& name, TokenAct act) {
  const bool own = name.empty() || name == principal.name;
  if (!own && act == TokenAct::Make) return only_the_owner(name);
  if (!own) {
    auto allowed = access::require(principal, access::Duty::ManageAccounts);
    if (!allowed) return base::pass(std::move(allowed));
  }
  const auto account = own ? access::find_account_by_id(snapshot.session, principal.id)
                           : access::find_account(snapshot.session, name);
  if (!account) return base::pass(account);
  if (!*account) return base::fail(Code::AccountUnknown, {{"account", name}});
  return **account;
}

}  // namespace

Command create_token(const access::Principal& principal, const WantedToken& wanted) {
  return {"token.create", [=](Snapshot& snapshot) -> Result<store::ChangeSet> {
            const auto account = owner_of(snapshot, principal, wanted.account, TokenAct::Make);
            if (!account) return base::pass(account);
            const auto end = base::end_of(wanted.expires, snapshot.zone);
            if (!end) return base::pass(end);
            return access::plan_token(*account, {wanted.name, wanted.read_only, wanted.routes, *end},
                                      principal.id, snapshot.ids, snapshot.entropy, snapshot.now);
          }};
}

Command revoke_token(const access::Principal& principal, const std::string& account,
                     const std::string& token) {
  return {"token.revoke",
          [=](Snapshot& snapshot) -> Result<store::ChangeSet> {
            const auto owner = owner_of(snapshot, principal, account, TokenAct::End);
            if (!owner) return base::pass(owner);
            return access::plan_token_end(snapshot.session, owner->id, token, snapshot.now);
          },
          {{"token", token, 0}}};
}

}  // namespace zeren::app
