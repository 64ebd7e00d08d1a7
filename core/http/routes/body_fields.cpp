#include "http/routes/body_fields.hpp"

#include <charconv>

namespace zeren::http {
namespace {

using base::Code;
using base::Json;
using base::Result;

tl::unexpected<base::Error> wants(const char* key, const std::string& what, const std::string& chinese) {
  return base::fail(Code::RequestMalformed,
                    {{"reason", "\"" + std::string(key) + "\" must be " + what},
                     {"reason.zh-CN", std::string(key) + " 应为" + chinese}},
                    {"", 0, 0, "/" + std::string(key)});
}

bool has(const Json& body, const char* key) { return body.is_object() && body.contains(key); }

}  // namespace

Result<std::string> text_member(const Json& body, const char* key) {
  if (!has(body, key) || !body[key].is_string()) return wants(key, "a text", "文本");
  return body[key].get<std::string>();
}

Result<std::string> optional_text_member(const Json& body, const char* key) {
  if (!has(body, key)) return std::string();
  return text_member(body, key);
}

Result<Json> object_member(const Json& body, const char* key) {
  if (!has(body, key) || !body[key].is_object()) return wants(key, "an object", "对象");
  return body[key];
}

Result<base::Date> date_member(const Json& body, const char* key) {
  const auto text = text_member(body, key);
  if (!text) return base::pass(text);
  return base::parse_date(*text);
}

Result<std::optional<base::Date>> optional_date_member(const Json& body, const char* key) {
  if (!has(body, key)) return std::optional<base::Date>{};
  const auto date = date_member(body, key);
  if (!date) return base::pass(date);
  return std::optional(*date);
}

Result<std::vector<std::string>> texts_member(const Json& body, const char* key) {
  constexpr std::size_t kMost = 100;
  const bool list = has(body, key) && body[key].is_array() && body[key].size() <= kMost;
  if (!list) return wants(key, "a list of texts, 100 at most", "文本列表，最多 100 项");
  std::vector<std::string> texts;
  for (const auto& item : body[key]) {
    if (!item.is_string()) return wants(key, "a list of texts, 100 at most", "文本列表，最多 100 项");
    texts.push_back(item.get<std::string>());
  }
  return texts;
}

Result<std::int64_t> optional_number_member(const Json& body, const char* key) {
  if (!has(body, key)) return 0;
  if (!body[key].is_number_integer()) return wants(key, "a whole number", "整数");
  return body[key].get<std::int64_t>();
}

Result<bool> flag_member(const Json& body, const char* key, bool otherwise) {
  if (!body.is_object() || !body.contains(key)) return otherwise;
  if (body[key].is_boolean()) return body[key].get<bool>();
  return base::fail(Code::RequestMalformed,
                    {{"reason", "\"" + std::string(key) + "\" must be true or false"},
                     {"reason.zh-CN", std::string(key) + " 只能是 true 或 false"}},
                    {"", 0, 0, "/" + std::string(key)});
}

Result<std::int64_t> number_in_path(const std::string& segment) {
  std::int64_t number = 0;
  const auto* const end = segment.data() + segment.size();
  const auto [at, failure] = std::from_chars(segment.data(), end, number);
  if (failure == std::errc{} && at == end) return number;
  return base::fail(Code::RequestMalformed, {{"reason", "the path needs a number, not \"" + segment + "\""},
                                             {"reason.zh-CN", "路径中的“" + segment + "”应为数字"}});
}

Result<std::int64_t> version_of(const Request& request) {
  auto tag = header(request.headers, "if-match");
  if (tag.empty()) return base::fail(Code::VersionMissing);
  const bool quoted = tag.size() >= 2 && tag.front() == '"' && tag.back() == '"';
  if (quoted) tag = tag.substr(1, tag.size() - 2);
  std::int64_t version = 0;
  const auto* const end = tag.data() + tag.size();
  const auto [at, failure] = std::from_chars(tag.data(), end, version);
  if (!quoted || failure != std::errc{} || at != end || version < 0) {
    return base::fail(Code::RequestMalformed, {{"reason", "If-Match must be a version: \"3\""},
                                               {"reason.zh-CN", "If-Match 应为版本号，如 \"3\""}});
  }
  return version;
}

}  // namespace zeren::http
