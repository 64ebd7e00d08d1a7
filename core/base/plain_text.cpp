#include "base/plain_text.hpp"

#include "base/located_json.hpp"
#include "base/unicode.hpp"

namespace zeren::base {
namespace {

Result<void> check_text(const std::string& text, const std::string& pointer) {
  const auto hidden = hidden_control_in(text);
  if (!hidden) return {};
  const bool whole = pointer.empty();
  return fail(Code::TextHidden,
              {{"what", whole ? "the body" : "the text"},
               {"what.zh-CN", whole ? "请求内容" : "文本"},
               {"character", *hidden}},
              {"", 0, 0, pointer});
}

// NOLINTNEXTLINE(misc-no-recursion): bodies come from parse_json(), which bounds their depth
Result<void> check_value(const Json& value, const std::string& pointer) {
  if (value.is_string()) return check_text(value.get_ref<const std::string&>(), pointer);
  if (!value.is_structured()) return {};
  for (const auto& [key, member] : value.items()) {
    // An unreadable name must not come back in the error.
    if (value.is_object()) {
      if (auto plain = check_text(key, pointer); !plain) return plain;
    }
    auto plain = check_value(member, pointer + pointer_step(key));
    if (!plain) return plain;
  }
  return {};
}

// NOLINTNEXTLINE(misc-no-recursion): as check_value
Result<void> check_length(const Json& value, const std::string& pointer) {
  if (value.is_string() && length_of(value.get_ref<const std::string&>()) > kLongestText) {
    return fail(Code::TextTooLong,
                {{"what", pointer.empty() ? "the body" : pointer.substr(1)},
                 {"what.zh-CN", pointer.empty() ? "请求内容" : pointer.substr(1)},
                 {"max", std::to_string(kLongestText)}},
                {"", 0, 0, pointer});
  }
  if (!value.is_structured()) return {};
  for (const auto& [key, member] : value.items()) {
    auto fits = check_length(member, pointer + pointer_step(key));
    if (!fits) return fits;
  }
  return {};
}

}  // namespace

Result<void> check_plain_text(const Json& body) { return check_value(body, ""); }

Result<void> check_lengths(const Json& body, std::string_view except) {
  if (!body.is_object()) return check_length(body, "");
  for (const auto& [key, member] : body.items()) {
    if (key == except) continue;
    auto fits = check_length(member, pointer_step(key));
    if (!fits) return fits;
  }
  return {};
}

}  // namespace zeren::base
