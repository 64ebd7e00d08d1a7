#include "access/sign_in.hpp"

#include <array>

#include "base/digest.hpp"

namespace zeren::access {
namespace {

using base::Code;
using base::Result;
using store::RowWrite;
using store::Value;

std::string secret(base::Entropy& entropy) {
  std::array<std::byte, 32> bytes{};
  entropy.fill(bytes);
  return base::to_base64url({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::string digest_of(std::string_view token) { return base::to_base64(base::sha256(token)); }

}  // namespace

store::ChangeSet plan_sign_in(const Account& account, base::IdGenerator& ids, base::Entropy& entropy,
                              base::Instant now) {
  const auto token = secret(entropy);
  const auto csrf = secret(entropy);
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
                          {"token_digest", digest_of(token)}, {"csrf", csrf},
                          {"created_at", base::to_millis(now)},
                          {"expires_at", base::to_millis(expires)},
                          {"ended_at", std::monostate{}}}});
  change.reads.push_back({"account", {{"id", account.id}}, account.version});
  change.answer = {{"token", token}, {"csrf", csrf}, {"expires_at", base::to_string(expires)},
                   {"account", account.name}};
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

Result<Principal> authenticate(store::Session& session, std::string_view token, base::Instant now) {
  const auto row = session.first(
      "SELECT id, account, csrf FROM sign_in"
      " WHERE token_digest = :1 AND ended_at IS NULL AND expires_at > :2",
      std::vector<Value>{digest_of(token), base::to_millis(now)});
  if (!row) return base::pass(row);
  if (!*row) return base::fail(Code::NotSignedIn);
  const auto account = find_account_by_id(session, (*row)->text(1));
  if (!account) return base::pass(account);
  if (!*account) return base::fail(Code::NotSignedIn);
  auto principal = principal_of(**account);
  principal.session = (*row)->text(0);
  principal.csrf = (*row)->text(2);
  return principal;
}

}  // namespace zeren::access
