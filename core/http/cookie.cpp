#include "http/cookie.hpp"

namespace zeren::http {
namespace {

constexpr std::string_view kName = "zeren_session=";
constexpr std::string_view kAttributes = "; Path=/; HttpOnly; SameSite=Strict";

}  // namespace

std::string_view session_cookie(std::string_view header) {
  while (!header.empty()) {
    const auto end = header.find(';');
    auto pair = header.substr(0, end);
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    if (pair.starts_with(kName)) return pair.substr(kName.size());
    if (end == std::string_view::npos) break;
    header.remove_prefix(end + 1);
  }
  return {};
}

std::string set_session_cookie(std::string_view token, bool secure) {
  std::string cookie(kName);
  cookie += token;
  cookie += kAttributes;
  if (secure) cookie += "; Secure";
  return cookie;
}

std::string clear_session_cookie() {
  std::string cookie(kName);
  cookie += kAttributes;
  cookie += "; Max-Age=0";
  return cookie;
}

}  // namespace zeren::http
