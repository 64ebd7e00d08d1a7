#include "access/token.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "access/secret.hpp"
#include "base/json.hpp"
#include "base/unicode.hpp"

namespace zeren::access {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::RowWrite;
using store::Value;

// So that a search of files and of what was pushed somewhere finds lost ones.
constexpr std::string_view kPrefix = "zeren_";
constexpr std::size_t kLongestName = 100;

constexpr std::string_view kColumns =
    "SELECT id, version, account, name, read_only, routes, created_at, expires_at FROM token WHERE ";

Result<Token> read_token(const store::Row& row) {
  const auto routes = base::parse_json(row.text(5));
  if (!routes) return base::pass(routes);
  return Token{row.text(0),
               row.integer(1),
               row.text(2),
               row.text(3),
               row.integer(4) != 0,
               routes->get<std::vector<std::string>>(),
               base::from_millis(row.integer(6)),
               base::from_millis(row.integer(7))};
}

tl::unexpected<base::Error> malformed(const char* english, const char* chinese, const char* at) {
  return base::fail(Code::RequestMalformed, {{"reason", english}, {"reason.zh-CN", chinese}},
                    {"", 0, 0, at});
}

Result<void> check_wanted(const NewToken& wanted, base::Instant now) {
  if (base::is_blank(wanted.name) || wanted.name.size() > kLongestName) {
    return malformed("\"name\" has 1 to 100 bytes", "名称（name）须为 1 至 100 字节", "/name");
  }
  if (wanted.expires_at <= now || wanted.expires_at > now + kLongestToken) {
    return malformed("\"expires\" lies in the future, by 366 days at most",
                     "到期日（expires）须在今后 366 天以内", "/expires");
  }
  return {};
}

}  // namespace

Result<store::ChangeSet> plan_token(const Account& account, const NewToken& wanted,
                                    const std::string& creator, base::IdGenerator& ids,
                                    base::Entropy& entropy, base::Instant now) {
  if (auto fit = check_wanted(wanted, now); !fit) return base::pass(std::move(fit));
  const auto shown = std::string(kPrefix) + make_secret(entropy);
  const auto id = ids.next();
  store::ChangeSet change;
  change.act.action = "token.create";
  change.act.objects = {{"token", id, 1}, {"account", account.id, account.version}};
  change.reads.push_back({"account", {{"id", account.id}}, account.version});
  change.rows.push_back({RowWrite::Kind::Insert,
                         "token",
                         {{"id", id}},
                         {{"version", 1},
                          {"account", account.id},
                          {"name", wanted.name},
                          {"digest", digest_of_secret(shown)},
                          {"routes", Json(wanted.routes).dump()},
                          {"read_only", wanted.read_only ? 1 : 0},
                          {"created_by", creator},
                          {"created_at", base::to_millis(now)},
                          {"expires_at", base::to_millis(wanted.expires_at)},
                          {"revoked_at", std::monostate{}}}});
  change.answer = {
      {"id", id}, {"token", shown}, {"expires_at", base::to_string(wanted.expires_at)}};
  return change;
}

Result<std::vector<Token>> tokens_of(store::Session& session, const std::string& account,
                                     base::Instant now) {
  const auto rows = session.query(
      std::string(kColumns) +
          "account = :1 AND revoked_at IS NULL AND expires_at > :2 ORDER BY created_at DESC, id",
      std::array<Value, 2>{account, base::to_millis(now)});
  if (!rows) return base::pass(rows);
  std::vector<Token> tokens;
  for (const auto& row : *rows) {
    auto token = read_token(row);
    if (!token) return base::pass(std::move(token));
    tokens.push_back(std::move(*token));
  }
  return tokens;
}

void end_token(const Token& token, base::Instant now, store::ChangeSet& change) {
  change.act.objects.push_back({"token", token.id, token.version + 1});
  change.reads.push_back({"token", {{"id", token.id}}, token.version});
  change.rows.push_back({RowWrite::Kind::Update,
                         "token",
                         {{"id", token.id}},
                         {{"version", token.version + 1}, {"revoked_at", base::to_millis(now)}}});
}

Result<store::ChangeSet> plan_token_end(store::Session& session, const std::string& account,
                                        const std::string& id, base::Instant now) {
  const auto tokens = tokens_of(session, account, now);
  if (!tokens) return base::pass(tokens);
  const auto found = std::ranges::find(*tokens, id, &Token::id);
  if (found == tokens->end()) return base::fail(Code::TokenUnknown, {{"token", id}});
  store::ChangeSet change;
  change.act.action = "token.revoke";
  end_token(*found, now, change);
  change.answer = Json::object();
  return change;
}

bool is_token(std::string_view shown) { return shown.starts_with(kPrefix); }

Result<Principal> authenticate_token(store::Session& session, std::string_view shown,
                                     base::Instant now) {
  const auto row = session.first(
      std::string(kColumns) + "digest = :1 AND revoked_at IS NULL AND expires_at > :2",
      std::array<Value, 2>{digest_of_secret(shown), base::to_millis(now)});
  if (!row) return base::pass(row);
  if (!*row) return base::fail(Code::NotSignedIn);
  auto token = read_token(**row);
  if (!token) return base::pass(std::move(token));
  const auto account = find_account_by_id(session, token->account);
  if (!account) return base::pass(account);
  if (!*account || (*account)->disabled_at) return base::fail(Code::NotSignedIn);
  auto principal = principal_of(**account);
  principal.token = {token->id, token->version, token->name, token->read_only,
                     std::move(token->routes)};
  return principal;
}

Result<void> check_route(const Principal& principal, std::string_view method,
                         std::string_view route) {
  const auto& token = principal.token;
  if (token.id.empty()) return {};
  const auto use = std::string(method) + " " + std::string(route);
  const bool listed = token.routes.empty() || std::ranges::find(token.routes, use) != token.routes.end();
  if (listed && (method == "GET" || !token.read_only)) return {};
  return base::fail(Code::TokenNotAllowed, {{"token", token.name}, {"action", use}});
}

}  // namespace zeren::access
