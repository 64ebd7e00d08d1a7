#include "base/system_reason.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <future>

#include "base/messages.hpp"

namespace zeren::base {
namespace {

TEST(SystemReason, SpeaksTheReadersLanguage) {
  const Error taken{Code::PortUnavailable, with_reason({{"address", "127.0.0.1:80"}}, EADDRINUSE), {}, {}};
  EXPECT_NE(text_of(taken).find("Address already in use"), std::string::npos);
  EXPECT_NE(text_of(taken, Language::Chinese).find("地址已被占用"), std::string::npos);
  EXPECT_EQ(text_of(taken, Language::Chinese).find("Address"), std::string::npos);
}

TEST(SystemReason, WhatIsNotKnownIsTheSystemsNumberAndWords) {
  EXPECT_EQ(with_reason({}, ENOTTY).at("reason.zh-CN"), "系统错误 25（Inappropriate ioctl for device）");
  const auto elsewhere = with_reason({}, std::make_error_code(std::future_errc::no_state));
  EXPECT_EQ(elsewhere.at("reason.zh-CN").find("文件"), std::string::npos) << "its numbers are another library's";
}

TEST(SystemReason, NoReasonIsNoSuccess) {
  EXPECT_EQ(with_reason({}, 0).at("reason"), "the system gives no reason");
}

}  // namespace
}  // namespace zeren::base
