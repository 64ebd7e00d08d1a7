#include "http/byte_range.hpp"

#include <gtest/gtest.h>

namespace zeren::http {
namespace {

std::optional<ByteRange> range(std::string_view header, std::int64_t size = 10) {
  const auto read = range_of(header, size);
  EXPECT_TRUE(read.has_value()) << header;
  return read.value_or(std::nullopt);
}

TEST(ByteRange, IsReadFromEitherEnd) {
  EXPECT_EQ(range("bytes=2-4"), (ByteRange{2, 3}));
  EXPECT_EQ(range("bytes=7-"), (ByteRange{7, 3}));
  EXPECT_EQ(range("bytes=-3"), (ByteRange{7, 3}));
  EXPECT_EQ(range("bytes=8-99"), (ByteRange{8, 2}));
  EXPECT_EQ(range("bytes=-99"), (ByteRange{0, 10}));
}

TEST(ByteRange, WhatIsNoneOrSeveralMeansAll) {
  for (const auto* header : {"", "bytes", "bytes=", "bytes=-", "bytes=4-2", "bytes=a-b", "bytes=1-2,4-5",
                             "lines=1-2", "bytes=+1-2", "bytes=1--2"}) {
    EXPECT_EQ(range(header), std::nullopt) << header;
  }
}

TEST(ByteRange, WhatLiesOutsideCannotBeSatisfied) {
  for (const auto* header : {"bytes=10-", "bytes=11-12", "bytes=-0"}) {
    const auto read = range_of(header, 10);
    ASSERT_FALSE(read.has_value()) << header;
    EXPECT_EQ(read.error().code, base::Code::RangeUnsatisfiable);
  }
  EXPECT_FALSE(range_of("bytes=0-", 0).has_value());
}

TEST(ByteRange, SaysWhatItIsAPartOf) { EXPECT_EQ(content_range({2, 3}, 10), "bytes 2-4/10"); }

}  // namespace
}  // namespace zeren::http
