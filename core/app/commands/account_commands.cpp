#include "app/commands/account_commands.hpp"

#include "access/account.hpp"
#include "access/sign_in.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

access::Account to_account(const NewAccount& wanted, const org::Person* person, std::string hash) {
  access::Account account;
  account.name = wanted.name;
  account.administers = wanted.administers;
  account.password = std::move(hash);
  account.os_user = wanted.os_user;
  if (!wanted.person.empty()) account.person = person == nullptr ? wanted.person : person->id.value;
  return account;
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
                   return access::plan_account(snapshot.session, to_account(wanted, person, hash),
                                               person != nullptr, snapshot.ids, snapshot.now);
                 }};
}

Result<Json> sign_in(Host& host, const std::string& name, const std::string& password,
                     const std::string& source, const std::string& request) {
  if (auto admitted = host.lock_out().attempt(name, host.clock().now()); !admitted) {
    host.count_refusal(source, Code::TooManyAttempts);
    return base::pass(std::move(admitted));
  }
  std::optional<access::Account> account;
  const auto found = host.query([&](Snapshot& snapshot) -> Result<Json> {
    auto looked = access::find_account(snapshot.session, name);
    if (!looked) return base::pass(std::move(looked));
    account = std::move(*looked);
    return Json{};
  });
  if (!found) return base::pass(found);
  const auto matches = host.passwords().matches(account ? account->password : "", password);
  if (!matches) return base::pass(matches);
  if (!*matches) {
    host.count_refusal(source, Code::SignInFailed);
    return base::fail(Code::SignInFailed);
  }
  host.lock_out().succeeded(name);
  const Caller caller{access::principal_of(*account), request, "", ""};
  return host.execute(caller, {"session.open", [&](Snapshot& snapshot) -> Result<store::ChangeSet> {
                                 return access::plan_sign_in(*account, snapshot.ids,
                                                             snapshot.entropy, snapshot.now);
                               }});
}

Command sign_out(const access::Principal& principal) {
  return {"session.close", [=](Snapshot& snapshot) {
            return access::plan_sign_out(snapshot.session, principal, snapshot.now);
          }};
}

}  // namespace zeren::app
