#include "access/sign_in.hpp"

#include <array>

#include "access/secret.hpp"

namespace zeren::access {
namespace {

using base::Code;
using base::Result;
using store::RowWrite;
using store::Value;

// Who came with neither came as an operating-system user, or is the system itself.
Result<void> check_not_disabled(store::Session& session, const std::string& account) {
  const auto row = session.first("SELECT 1 FROM account WHERE id = :1 AND disabled_at IS NOT NULL",
                                 std::array<Value, 1>{Value(account)});
  if (!row) return base::pass(row);
  if (*row) return base::fail(Code::NotSignedIn);
  return {};
}

}  // namespace

store::ChangeSet plan_sign_in(const Account& account, base::IdGenerator& ids, base::Entropy& entropy,
                              base::Instant now) {
  const auto token = make_secret(entropy);
  const auto csrf = make_secret(entropy);
  const auto expires = now + kSessionLength;
  store::ChangeSet change;
  change.act.action = "session.open";
  change.act.account = account.id;
  const auto id = ids.next();
  change.act.objects = {{"session", id, 1}};
  change.rows.push_back({RowWrite::Kind::Insert,
                         "sign_in",
                         {{"id", id}},
                         {{"version", 1}, {"account", account.id},
                          {"token_digest", digest_of_secret(token)}, {"csrf", csrf},
                          {"created_at", base::to_millis(now)},
                          {"expires_at", base::to_millis(expires)},
                          {"ended_at", std::monostate{}}}});
  change.reads.push_back({"account", {{"id", account.id}}, account.version});
  change.answer = {{"token", token}, {"csrf", csrf}, {"expires_at", base::to_string(expires)},
                   {"account", account.name},
                   {"must_change_password", account.password_given_at.has_value()}};
  return change;
}

Result<std::vector<OpenSession>> sessions_of(store::Session& session, const std::string& account,
                                             base::Instant now) {
  const auto rows = session.query(
      "SELECT id, version, created_at, expires_at FROM sign_in"
      " WHERE account = :1 AND ended_at IS NULL AND expires_at > :2 ORDER BY created_at DESC, id",
      std::array<Value, 2>{account, base::to_millis(now)});
  if (!rows) return base::pass(rows);
  std::vector<OpenSession> sessions;
  for (const auto& row : *rows) {
    sessions.push_back({row.text(0), row.integer(1), base::from_millis(row.integer(2)),
                        base::from_millis(row.integer(3))});
  }
  return sessions;
}

Result<store::ChangeSet> plan_end_sessions(store::Session& session, const std::string& account,
                                           const std::string& id, base::Instant now) {
  const auto open = sessions_of(session, account, now);
  if (!open) return base::pass(open);
  store::ChangeSet change;
  change.answer = base::Json::object();
  for (const auto& each : *open) {
    if (!id.empty() && each.id != id) continue;
    change.act.action = "session.close";
    change.act.objects.push_back({"session", each.id, each.version + 1});
    change.reads.push_back({"sign_in", {{"id", each.id}}, each.version});
    change.rows.push_back({RowWrite::Kind::Update,
                           "sign_in",
                           {{"id", each.id}},
                           {{"version", each.version + 1}, {"ended_at", base::to_millis(now)}}});
  }
  if (change.rows.empty() && !id.empty()) return base::fail(Code::SessionUnknown, {{"session", id}});
  return change;
}

Result<base::Instant> last_use(store::Session& session, const std::string& id) {
  const auto row = session.first(
      "SELECT COALESCE(u.used_at, s.created_at) FROM sign_in s"
      " LEFT JOIN session_use u ON u.session = s.id WHERE s.id = :1",
      std::array<Value, 1>{Value(id)});
  if (!row) return base::pass(row);
  if (!*row) return base::fail(Code::NotSignedIn);
  return base::from_millis((*row)->integer(0));
}

Result<void> check_standing(store::Session& session, const Principal& principal, base::Instant now) {
  const auto& token = principal.token.id;
  if (token.empty() && principal.session.empty()) return check_not_disabled(session, principal.id);
  const auto row = session.first(
      token.empty() ? "SELECT 1 FROM sign_in WHERE id = :1 AND ended_at IS NULL AND expires_at > :2"
                    : "SELECT 1 FROM token WHERE id = :1 AND revoked_at IS NULL AND expires_at > :2",
      std::array<Value, 2>{token.empty() ? principal.session : token, base::to_millis(now)});
  if (!row) return base::pass(row);
  if (!*row) return base::fail(Code::NotSignedIn);
  return {};
}

Result<store::ChangeSet> plan_new_password(store::Session& session, const Account& account,
                                           const std::string& hash, const std::string& kept,
                                           base::Instant now) {
  auto change = plan_end_sessions(session, account.id, "", now);
  if (!change) return change;
  std::erase_if(change->rows, [&](const RowWrite& row) { return row.key.front().second == Value(kept); });
  change->act.action = "password.change";
  change->act.objects = {{"account", account.id, account.version + 1}};
  change->reads.push_back({"account", {{"id", account.id}}, account.version});
  change->rows.push_back({RowWrite::Kind::Update,
                          "account",
                          {{"id", account.id}},
                          {{"version", account.version + 1}, {"password", hash},
                           {"password_given_at", std::monostate{}}}});
  change->answer = {{"sessions_ended", change->rows.size() - 1}};
  return change;
}

Result<Principal> authenticate(store::Session& session, std::string_view token, base::Instant now) {
  const auto row = session.first(
      "SELECT id, account, csrf FROM sign_in"
      " WHERE token_digest = :1 AND ended_at IS NULL AND expires_at > :2",
      std::vector<Value>{digest_of_secret(token), base::to_millis(now)});
  if (!row) return base::pass(row);
  if (!*row) return base::fail(Code::NotSignedIn);
  const auto account = find_account_by_id(session, (*row)->text(1));
  if (!account) return base::pass(account);
  if (!*account || (*account)->disabled_at) return base::fail(Code::NotSignedIn);
  auto principal = principal_of(**account);
  principal.must_change_password = (*account)->password_given_at.has_value();
  principal.session = (*row)->text(0);
  principal.csrf = (*row)->text(2);
  return principal;
}

}  // namespace zeren::access
