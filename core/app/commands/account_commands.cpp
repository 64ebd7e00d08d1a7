#include "app/commands/account_commands.hpp"

#include "access/account.hpp"
#include "access/second_factor.hpp"
#include "access/sign_in.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

access::Account to_account(const NewAccount& wanted, const org::Person* person, std::string hash,
                           base::Instant now) {
  access::Account account;
  if (!hash.empty() && !wanted.keeps_password) account.password_given_at = now;
  account.name = wanted.name;
  account.administers = wanted.administers;
  account.password = std::move(hash);
  account.os_user = wanted.os_user;
  if (!wanted.person.empty()) account.person = person == nullptr ? wanted.person : person->id.value.text();
  return account;
}

// nullopt when there is none.
Result<std::optional<access::Account>> account_called(Host& host, const std::string& name) {
  std::optional<access::Account> account;
  const auto found = host.query([&](Snapshot& snapshot) -> Result<Json> {
    auto looked = access::find_account(snapshot.session, name);
    if (!looked) return base::pass(std::move(looked));
    account = std::move(*looked);
    return Json{};
  });
  if (!found) return base::pass(found);
  return account;
}

constexpr auto kHere = access::LockOut::kSignedIn;

// A stolen session must not be enough to guess six digits.
Result<Json> with_code(Host& host, const Caller& caller, const Command& command) {
  const auto& name = caller.principal.name;
  if (auto admitted = host.lock_out().attempt(name, kHere, host.clock().now()); !admitted) {
    return base::pass(std::move(admitted));
  }
  auto done = host.execute(caller, command);
  if (done) host.lock_out().succeeded(name, kHere, host.clock().now());
  if (!done && done.error().code == Code::SignInFailed) {
    host.enter_refusal(caller, command, done.error());
  }
  return done;
}

tl::unexpected<base::Error> not_a_new_one() {
  return base::fail(Code::RequestMalformed,
                    {{"reason", "the new password is the current one; choose another"},
                     {"reason.zh-CN", "新密码与当前密码相同，请另选密码"}},
                    {"", 0, 0, "/new"});
}

}  // namespace

Result<Command> create_account(Host& host, const access::Principal& principal,
                               const NewAccount& wanted) {
  std::string hash;
  if (!wanted.password.empty() && access::require(principal, access::Duty::ManageAccounts)) {
    auto hashed = host.passwords().hash(wanted.password);
    if (!hashed) return base::pass(std::move(hashed));
    hash = std::move(*hashed);
  }
  return Command{"account.create", [=](Snapshot& snapshot) -> Result<store::ChangeSet> {
                   auto allowed = access::require(principal, access::Duty::ManageAccounts);
                   if (!allowed) return base::pass(std::move(allowed));
                   const auto* person = snapshot.organisation().person_by_code(wanted.person);
                   return access::plan_account(snapshot.session, to_account(wanted, person, hash, snapshot.now),
                                               person != nullptr, snapshot.ids, snapshot.now);
                 }};
}

Result<Json> sign_in(Host& host, const Credentials& shown, const std::string& request) {
  if (auto admitted = host.lock_out().attempt(shown.account, shown.source, host.clock().now()); !admitted) {
    host.count_refusal(shown.source, Code::TooManyAttempts);
    return base::pass(std::move(admitted));
  }
  const auto account = account_called(host, shown.account);
  if (!account) return base::pass(account);
  const auto matches = host.passwords().matches(*account ? (*account)->password : "", shown.password);
  if (!matches) return base::pass(matches);
  if (!*matches) {
    host.count_refusal(shown.source, Code::SignInFailed);
    return base::fail(Code::SignInFailed);
  }
  const auto& known = **account;
  auto opened = host.execute({access::principal_of(known), request, "", ""},
                             {"session.open", [&](Snapshot& snapshot) -> Result<store::ChangeSet> {
                                if (known.disabled_at) {
                                  return base::fail(Code::AccountDisabled, {{"account", known.name}});
                                }
                                auto change = access::plan_sign_in(known, snapshot.ids,
                                                                   snapshot.entropy, snapshot.now);
                                auto used = access::use_code(snapshot.session, known, shown.code,
                                                             snapshot.now, change);
                                if (!used) return base::pass(std::move(used));
                                return change;
                              }});
  if (opened) host.lock_out().succeeded(shown.account, shown.source, host.clock().now());
  if (!opened) host.count_refusal(shown.source, opened.error().code);
  return opened;
}

Result<Json> change_password(Host& host, const Caller& caller, const std::string& current,
                             const std::string& wanted) {
  const auto& principal = caller.principal;
  Command change{"password.change", {}, {{"account", principal.id, 0}}};
  if (auto admitted = host.lock_out().attempt(principal.name, kHere, host.clock().now()); !admitted) {
    return base::pass(std::move(admitted));
  }
  const auto account = account_called(host, principal.name);
  if (!account) return base::pass(account);
  const auto matches = host.passwords().matches((*account)->password, current);
  if (!matches) return base::pass(matches);
  if (!*matches) {
    const base::Error wrong{Code::SignInFailed, {}, {}, {}};
    host.enter_refusal(caller, change, wrong);
    return tl::unexpected<base::Error>(wrong);
  }
  if (wanted == current) return not_a_new_one();
  const auto hash = host.passwords().hash(wanted);
  if (!hash) return base::pass(hash);
  change.plan = [&, known = **account](Snapshot& snapshot) {
    return access::plan_new_password(snapshot.session, known, *hash, principal.session, snapshot.now);
  };
  auto changed = host.execute(caller, change);
  if (changed) host.lock_out().succeeded(principal.name, kHere, host.clock().now());
  return changed;
}

Command end_own_session(const access::Principal& principal, const std::string& id) {
  return {"session.close", [=](Snapshot& snapshot) -> Result<store::ChangeSet> {
            const auto& ended = id.empty() ? principal.session : id;
            if (ended.empty()) return base::fail(Code::NotSignedIn);
            return access::plan_end_sessions(snapshot.session, principal.id, ended, snapshot.now);
          }};
}

Command end_sessions_of(const access::Principal& principal, const std::string& account) {
  return {"session.close", [=](Snapshot& snapshot) -> Result<store::ChangeSet> {
            auto allowed = access::require(principal, access::Duty::ManageAccounts);
            if (!allowed) return base::pass(std::move(allowed));
            const auto known = access::find_account(snapshot.session, account);
            if (!known) return base::pass(known);
            if (!*known) return base::fail(Code::AccountUnknown, {{"account", account}});
            return access::plan_end_sessions(snapshot.session, (*known)->id, "", snapshot.now);
          }};
}

Command offer_second_factor(const access::Principal& principal) {
  return {"second_factor.offer", [=](Snapshot& snapshot) {
            return access::plan_offer(snapshot.session, principal, snapshot.entropy);
          }};
}

Result<Json> confirm_second_factor(Host& host, const Caller& caller, const std::string& code) {
  return with_code(host, caller,
                   {"second_factor.confirm", [&](Snapshot& snapshot) {
                      return access::plan_confirm(snapshot.session, caller.principal, code, snapshot.now);
                    },
                    {{"account", caller.principal.id, 0}}});
}

Result<Json> remove_second_factor(Host& host, const Caller& caller, const std::string& code) {
  return with_code(host, caller,
                   {"second_factor.remove", [&](Snapshot& snapshot) {
                      return access::plan_removal(snapshot.session, caller.principal, code, snapshot.now);
                    },
                    {{"account", caller.principal.id, 0}}});
}

}  // namespace zeren::app
