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

Result<store::ChangeSet> plan_sign_out(store::Session& session, const Principal& principal,
                                       base::Instant now) {
  const auto row = session.first("SELECT version FROM sign_in WHERE id = :1",
                                 std::vector<Value>{principal.session});
  if (!row) return base::pass(row);
  if (!*row) return base::fail(Code::NotSignedIn);
  const auto version = (*row)->integer(0);
  store::ChangeSet change;
  change.act.action = "session.close";
  change.act.objects = {{"session", principal.session, version + 1}};
  change.reads.push_back({"sign_in", {{"id", principal.session}}, version});
  change.rows.push_back({RowWrite::Kind::Update,
                         "sign_in",
                         {{"id", principal.session}},
                         {{"version", version + 1}, {"ended_at", base::to_millis(now)}}});
  change.answer = base::Json::object();
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
