#include "store/address.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

namespace zeren::store {
namespace {

using base::Code;
using base::Result;

// Of libpq: unset options are absent.
using Options = std::map<std::string, std::string>;

constexpr std::string_view kSqlite = "sqlite";
constexpr std::string_view kPostgresql = "postgresql";

// "sqlite" of "sqlite:x". A path may hold a colon too, but then a slash stands before it or it is written
// with one: ./a:b.
std::string_view scheme_of(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return {};
  const auto scheme = text.substr(0, colon);
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-";
  return scheme.find_first_not_of(kLetters) == std::string_view::npos ? scheme : std::string_view();
}

tl::unexpected<base::Error> invalid(std::string_view text) {
  const auto scheme = scheme_of(text);
  std::string shown(scheme);
  if (!scheme.empty()) shown += text.substr(scheme.size()).starts_with("://") ? "://" : ":";
  if (text.size() > shown.size()) shown += "…";
  return base::fail(Code::DatabaseUrlInvalid, {{"url", shown}});
}

Result<Options> options_of(std::string_view text) {
  char* reason = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parsed(
      PQconninfoParse(std::string(text).c_str(), &reason), &PQconninfoFree);
  // libpq's reason quotes the part that it did not understand, which may be the password.
  if (reason != nullptr) PQfreemem(reason);
  if (parsed == nullptr) return invalid(text);
  Options options;
  for (const auto* option = parsed.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) options[option->keyword] = option->val;
  }
  return options;
}

std::string value_of(const Options& options, const std::string& keyword) {
  const auto found = options.find(keyword);
  return found == options.end() ? std::string() : found->second;
}

// A password with an unescaped slash or colon makes libpq take pieces of it for host, port or database,
// and those are shown.
bool plausible(const Options& options) {
  for (const auto* keyword : {"host", "hostaddr", "dbname"}) {
    if (value_of(options, keyword).find('@') != std::string::npos) return false;
  }
  return value_of(options, "port").find_first_not_of("0123456789,") == std::string::npos;
}

std::string connection_of(const Options& options) {
  std::string text;
  for (const auto& [keyword, value] : options) {
    text += keyword + "='";
    for (const char letter : value) {
      if (letter == '\'' || letter == '\\') text += '\\';
      text += letter;
    }
    text += "' ";
  }
  return text;
}

std::string shown_of(const Options& options) {
  std::string text = std::string(kPostgresql) + "://";
  const auto user = value_of(options, "user");
  const auto port = value_of(options, "port");
  if (!user.empty()) text += user + "@";
  text += value_of(options, "host");
  if (!port.empty()) text += ":" + port;
  return text + "/" + value_of(options, "dbname");
}

}  // namespace

Address::Address(Dialect dialect, std::filesystem::path file, std::string connection,
                 std::string shown)
    : dialect_(dialect),
      file_(std::move(file)),
      connection_(std::move(connection)),
      shown_(std::move(shown)) {}

Address Address::of_file(std::filesystem::path file) {
  auto shown = file.string();
  return {Dialect::Sqlite, std::move(file), {}, std::move(shown)};
}

Result<Address> Address::parse(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return invalid(text.substr(0, text.find('\0')));
  const auto scheme = scheme_of(text);
  if (scheme.empty()) return parse_sqlite(text, text);
  if (scheme == kSqlite) return parse_sqlite(text, text.substr(kSqlite.size() + 1));
  // libpq knows two names of the one scheme.
  const bool served = scheme == kPostgresql || scheme == "postgres";
  if (served && text.substr(scheme.size()).starts_with("://")) return parse_postgresql(text);
  return invalid(text);
}

Result<Address> Address::parse_sqlite(std::string_view text, std::string_view file) {
  // A database in memory would be another one for every connection.
  if (file.empty() || file == ":memory:") return invalid(text);
  return of_file(std::filesystem::path(file));
}

Result<Address> Address::parse_postgresql(std::string_view text) {
  auto options = options_of(text);
  if (!options) return base::pass(std::move(options));
  if (!plausible(*options)) return invalid(text);
  auto shown = shown_of(*options);
  // A server that does not answer is an error, not a wait without end.
  options->emplace("connect_timeout", "10");
  options->emplace("fallback_application_name", "zeren");
  options->insert_or_assign("client_encoding", "UTF8");
  return Address(Dialect::Postgresql, {}, connection_of(*options), std::move(shown));
}

}  // namespace zeren::store
