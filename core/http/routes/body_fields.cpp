#include "http/routes/body_fields.hpp"

#include <charconv>

namespace zeren::http {
namespace {

using base::Code;
using base::Json;
using base::Result;

tl::unexpected<base::Error> wants(const char* key, const std::string& what) {
  return base::fail(Code::RequestMalformed,
                    {{"reason", "\"" + std::string(key) + "\" must be " + what}},
                    {"", 0, 0, "/" + std::string(key)});
}

bool has(const Json& body, const char* key) { return body.is_object() && body.contains(key); }

}  // namespace

Result<std::string> text_member(const Json& body, const char* key) {
  if (!has(body, key) || !body[key].is_string()) return wants(key, "a text");
  return body[key].get<std::string>();
}

Result<std::string> optional_text_member(const Json& body, const char* key) {
  if (!has(body, key)) return std::string();
  return text_member(body, key);
}

Result<Json> object_member(const Json& body, const char* key) {
  if (!has(body, key) || !body[key].is_object()) return wants(key, "an object");
  return body[key];
}

Result<base::Date> date_member(const Json& body, const char* key) {
  const auto text = text_member(body, key);
  if (!text) return base::pass(text);
  return base::parse_date(*text);
}

Result<std::int64_t> version_of(const Request& request) {
  auto tag = header(request.headers, "if-match");
  if (tag.empty()) return base::fail(Code::VersionMissing);
  const bool quoted = tag.size() >= 2 && tag.front() == '"' && tag.back() == '"';
  if (quoted) tag = tag.substr(1, tag.size() - 2);
  std::int64_t version = 0;
  const auto* const end = tag.data() + tag.size();
  const auto [at, failure] = std::from_chars(tag.data(), end, version);
  if (!quoted || failure != std::errc{} || at != end) {
    return base::fail(Code::RequestMalformed, {{"reason", "If-Match must be a version: \"3\""}});
  }
  return version;
}

}  // namespace zeren::http
