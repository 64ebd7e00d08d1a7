#include "http/content_disposition.hpp"

#include <gtest/gtest.h>

namespace zeren::http {
namespace {

TEST(ContentDisposition, ReadsTheNameInAnyForm) {
  EXPECT_EQ(filename_in("attachment; filename=a.txt"), "a.txt");
  EXPECT_EQ(filename_in("attachment; filename=\"a; \\\"b\\\".txt\""), "a; \"b\".txt");
  EXPECT_EQ(filename_in("attachment; FileName*=utf-8'zh'%E9%99%84.txt"), "附.txt");
  EXPECT_EQ(filename_in("attachment; filename=\"_.txt\"; filename*=UTF-8''%E9%99%84.txt"), "附.txt");
}

TEST(ContentDisposition, KnowsNoNameWhereNoneIs) {
  for (const auto* header : {"", "attachment", "attachment; filename=\"a", "attachment; filename*=%41",
                             "attachment; filename*=GBK''%41", "attachment; filename*=UTF-8''%4"}) {
    EXPECT_EQ(filename_in(header), std::nullopt) << header;
  }
}

TEST(ContentDisposition, WhatIsWrittenIsRead) {
  for (const std::string name : {"a.txt", "附表 \"一\";\\.xlsx", "100%'*.txt"}) {
    EXPECT_EQ(filename_in(as_attachment(name)), name);
  }
}

}  // namespace
}  // namespace zeren::http
