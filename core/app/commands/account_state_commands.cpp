#include "app/commands/account_state_commands.hpp"

#include <functional>
#include <utility>

#include "access/account.hpp"
#include "access/account_state.hpp"
#include "access/password.hpp"
#include "access/second_factor.hpp"
#include "records/task_plans.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

// How the act is called in an error.
struct ActName {
  std::string english;
  std::string chinese;
};

tl::unexpected<base::Error> by_another(const ActName& name) {
  return base::fail(Code::Forbidden, {{"action", name.english + " on your own account"},
                                      {"action.zh-CN", "对本人账号" + name.chinese},
                                      {"needs", "another security administrator"},
                                      {"needs.zh-CN", "另一名安全管理员办理"}});
}

Result<access::Account> account_for(Snapshot& snapshot, const access::Principal& principal,
                                    const AccountAct& act, const ActName& name) {
  if (auto allowed = access::require(principal, access::Duty::ManageAccounts); !allowed) {
    return base::pass(std::move(allowed));
  }
  if (act.account == principal.name) return by_another(name);
  const Json title{{"en", name.english}, {"zh-CN", name.chinese}};
  if (auto said = records::check_reason(title, act.reason); !said) return base::pass(std::move(said));
  const auto account = access::find_account(snapshot.session, act.account);
  if (!account) return base::pass(account);
  if (!*account) return base::fail(Code::AccountUnknown, {{"account", act.account}});
  return **account;
}

using PlanAct = std::function<Result<store::ChangeSet>(Snapshot&, const access::Account&)>;

// `action` is what a refusal is entered as.
Command state_command(const std::string& action, const access::Principal& principal, const AccountAct& act,
                      const ActName& name, const PlanAct& plan) {
  return {action, [=](Snapshot& snapshot) -> Result<store::ChangeSet> {
            const auto account = account_for(snapshot, principal, act, name);
            if (!account) return base::pass(account);
            auto change = plan(snapshot, *account);
            if (change && !change->act.action.empty()) change->act.committed["reason"] = act.reason;
            return change;
          }};
}

}  // namespace

Command disable_account(const access::Principal& principal, const AccountAct& act) {
  return state_command("account.disable", principal, act, {"disable", "停用"},
                       [](Snapshot& snapshot, const access::Account& account) {
                         return access::plan_disabling(snapshot.session, account, snapshot.now);
                       });
}

Command enable_account(const access::Principal& principal, const AccountAct& act) {
  return state_command("account.enable", principal, act, {"enable", "启用"},
                       [](Snapshot&, const access::Account& account) -> Result<store::ChangeSet> {
                         return access::plan_enabling(account);
                       });
}

Command reset_second_factor(const access::Principal& principal, const AccountAct& act) {
  return state_command("second_factor.reset", principal, act, {"take off the second factor", "解除动态口令"},
                       [](Snapshot& snapshot, const access::Account& account) {
                         return access::plan_factor_reset(snapshot.session, account.id);
                       });
}

Result<Json> reset_password(Host& host, const Caller& caller, const AccountAct& act) {
  std::string password;
  std::string hash;
  // Hashing takes its time; whoever may not is refused by the plan.
  if (access::require(caller.principal, access::Duty::ManageAccounts)) {
    password = access::random_password(host.entropy());
    auto hashed = host.passwords().hash(password);
    if (!hashed) return base::pass(std::move(hashed));
    hash = std::move(*hashed);
  }
  auto done = host.execute(
      caller, state_command("password.reset", caller.principal, act, {"reset the password", "重置密码"},
                            [&](Snapshot& snapshot, const access::Account& account) {
                              return access::plan_password_reset(snapshot.session, account, hash, snapshot.now);
                            }));
  if (!done) return done;
  host.lock_out().unlock(act.account);
  return Json{{"password", password}};
}

Result<Json> unlock_account(Host& host, const Caller& caller, const AccountAct& act) {
  auto done = host.execute(
      caller, state_command("account.unlock", caller.principal, act, {"unlock", "解除锁定"},
                            [](Snapshot&, const access::Account& account) -> Result<store::ChangeSet> {
                              store::ChangeSet change;
                              change.act.action = "account.unlock";
                              change.act.objects = {{"account", account.id, account.version}};
                              change.answer = Json::object();
                              return change;
                            }));
  if (done) host.lock_out().unlock(act.account);
  return done;
}

}  // namespace zeren::app
