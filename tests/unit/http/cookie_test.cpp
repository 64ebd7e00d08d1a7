#include "http/cookie.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zeren::http {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Cookie, IsFoundAmongOthers) {
  EXPECT_EQ(session_cookie("a=1; zeren_session=token; b=2"), "token");
  EXPECT_EQ(session_cookie("zeren_session=token"), "token");
  EXPECT_EQ(session_cookie("not_zeren_session=token"), "");
  EXPECT_EQ(session_cookie(""), "");
}

TEST(Cookie, ScriptsAndOtherSitesDoNotGetIt) {
  EXPECT_THAT(set_session_cookie("token", true), HasSubstr("HttpOnly; SameSite=Strict; Secure"));
  EXPECT_THAT(set_session_cookie("token", false), Not(HasSubstr("Secure")));
  EXPECT_THAT(clear_session_cookie(), HasSubstr("Max-Age=0"));
}

}  // namespace
}  // namespace zeren::http
