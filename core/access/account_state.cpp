#include "access/account_state.hpp"

#include <utility>

#include "access/sign_in.hpp"
#include "access/token.hpp"

namespace zeren::access {
namespace {

using base::Result;
using store::RowWrite;

// To `change`, which may end sessions and tokens as well.
void write_account(store::ChangeSet& change, const std::string& action, const Account& account,
                   store::Columns values) {
  change.act.action = action;
  change.act.objects.insert(change.act.objects.begin(), {"account", account.id, account.version + 1});
  change.reads.push_back({"account", {{"id", account.id}}, account.version});
  values.insert(values.begin(), {"version", account.version + 1});
  change.rows.push_back({RowWrite::Kind::Update, "account", {{"id", account.id}}, std::move(values)});
  change.answer = base::Json::object();
}

store::ChangeSet nothing_to_do() {
  store::ChangeSet change;
  change.answer = base::Json::object();
  return change;
}

Result<void> end_tokens(store::Session& session, const std::string& account, base::Instant now,
                        store::ChangeSet& change) {
  const auto tokens = tokens_of(session, account, now);
  if (!tokens) return base::pass(tokens);
  for (const auto& token : *tokens) end_token(token, now, change);
  return {};
}

}  // namespace

Result<store::ChangeSet> plan_disabling(store::Session& session, const Account& account, base::Instant now) {
  if (account.disabled_at) return nothing_to_do();
  auto change = plan_end_sessions(session, account.id, "", now);
  if (!change) return change;
  if (auto ended = end_tokens(session, account.id, now, *change); !ended) return base::pass(std::move(ended));
  write_account(*change, "account.disable", account, {{"disabled_at", base::to_millis(now)}});
  return change;
}

store::ChangeSet plan_enabling(const Account& account) {
  if (!account.disabled_at) return nothing_to_do();
  store::ChangeSet change;
  write_account(change, "account.enable", account, {{"disabled_at", std::monostate{}}});
  return change;
}

Result<store::ChangeSet> plan_password_reset(store::Session& session, const Account& account,
                                             const std::string& hash, base::Instant now) {
  auto change = plan_end_sessions(session, account.id, "", now);
  if (!change) return change;
  write_account(*change, "password.reset", account,
                {{"password", hash}, {"password_given_at", base::to_millis(now)}});
  return change;
}

}  // namespace zeren::access
