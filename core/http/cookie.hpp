// The session cookie.
#pragma once

#include <string>
#include <string_view>

namespace zeren::http {

/// The token in a Cookie header; "" when there is none.
std::string_view session_cookie(std::string_view header);

/// A Set-Cookie value: HttpOnly, SameSite=Strict, and Secure unless the request came over loopback HTTP,
/// where browsers would drop it.
std::string set_session_cookie(std::string_view token, bool secure);
std::string clear_session_cookie();

}  // namespace zeren::http
