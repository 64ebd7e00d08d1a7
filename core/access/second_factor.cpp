#include "access/second_factor.hpp"

#include <array>

#include "access/one_time_code.hpp"

namespace zeren::access {
namespace {

using base::Code;
using base::Result;
using store::RowWrite;
using store::Value;

store::ChangeSet change_of(const std::string& action, const std::string& account,
                           const SecondFactor& from, const std::string& secret,
                           const std::string& state) {
  store::ChangeSet change;
  change.act.action = action;
  change.act.objects = {{"second_factor", account, from.version + 1}};
  change.reads.push_back({"second_factor", {{"account", account}}, from.version});
  change.rows.push_back(
      {from.version == 0 ? RowWrite::Kind::Insert : RowWrite::Kind::Update,
       "second_factor",
       {{"account", account}},
       {{"version", from.version + 1}, {"secret", secret}, {"state", state}}});
  change.answer = base::Json::object();
  return change;
}

// The code's step is written down, so that the same code cannot be used twice, not even at once: then one of
// the two is planned again and finds it.
Result<void> spend(store::Session& session, const std::string& account, const SecondFactor& factor,
                   const std::string& code, base::Instant now, store::ChangeSet& change) {
  const auto step = step_of_code(factor.secret, code, now);
  if (!step) return base::fail(Code::SecondFactorWrong);
  const auto used = session.first("SELECT 1 FROM one_time_code WHERE account = :1 AND step = :2",
                                  std::array<Value, 2>{account, *step});
  if (!used) return base::pass(used);
  if (*used) return base::fail(Code::SecondFactorWrong);
  change.rows.push_back(
      {RowWrite::Kind::Insert, "one_time_code", {{"account", account}, {"step", *step}}, {}});
  return {};
}

}  // namespace

Result<SecondFactor> second_factor_of(store::Session& session, const std::string& account) {
  const auto row =
      session.first("SELECT version, secret, state FROM second_factor WHERE account = :1",
                    std::array<Value, 1>{Value(account)});
  if (!row) return base::pass(row);
  if (!*row) return SecondFactor{};
  const auto& r = **row;
  return SecondFactor{r.integer(0), r.text(1), r.text(2) == "offered", r.text(2) == "active"};
}

Result<store::ChangeSet> plan_offer(store::Session& session, const Principal& principal,
                                    base::Entropy& entropy) {
  const auto factor = second_factor_of(session, principal.id);
  if (!factor) return base::pass(factor);
  if (factor->active) return base::fail(Code::SecondFactorActive);
  const auto secret = make_code_secret(entropy);
  auto change = change_of("second_factor.offer", principal.id, *factor, secret, "offered");
  change.answer = {{"secret", secret}, {"uri", otpauth_uri(principal.name, secret)}};
  return change;
}

Result<store::ChangeSet> plan_confirm(store::Session& session, const Principal& principal,
                                      const std::string& code, base::Instant now) {
  const auto factor = second_factor_of(session, principal.id);
  if (!factor) return base::pass(factor);
  if (!factor->offered) return base::fail(Code::SecondFactorWrong);
  auto change =
      change_of("second_factor.confirm", principal.id, *factor, factor->secret, "active");
  auto spent = spend(session, principal.id, *factor, code, now, change);
  if (!spent) return base::pass(std::move(spent));
  return change;
}

Result<store::ChangeSet> plan_removal(store::Session& session, const Principal& principal,
                                      const std::string& code, base::Instant now) {
  const auto factor = second_factor_of(session, principal.id);
  if (!factor) return base::pass(factor);
  if (!factor->active) return base::fail(Code::SecondFactorWrong);
  auto change = change_of("second_factor.remove", principal.id, *factor, "", "removed");
  auto spent = spend(session, principal.id, *factor, code, now, change);
  if (!spent) return base::pass(std::move(spent));
  return change;
}

Result<store::ChangeSet> plan_factor_reset(store::Session& session, const std::string& account) {
  const auto factor = second_factor_of(session, account);
  if (!factor) return base::pass(factor);
  if (factor->active || factor->offered) {
    return change_of("second_factor.reset", account, *factor, "", "removed");
  }
  store::ChangeSet nothing;
  nothing.answer = base::Json::object();
  return nothing;
}

Result<void> use_code(store::Session& session, const Account& account, const std::string& code,
                      base::Instant now, store::ChangeSet& change) {
  const auto factor = second_factor_of(session, account.id);
  if (!factor) return base::pass(factor);
  change.reads.push_back({"second_factor", {{"account", account.id}}, factor->version});
  if (!factor->active) return {};
  if (code.empty()) return base::fail(Code::SecondFactorMissing);
  auto spent = spend(session, account.id, *factor, code, now, change);
  // Who is not signed in yet learns only that it did not work.
  if (!spent && spent.error().code == Code::SecondFactorWrong) return base::fail(Code::SignInFailed);
  return spent;
}

}  // namespace zeren::access
