#include "manifest/version.hpp"

#include <gtest/gtest.h>

namespace zeren::manifest {
namespace {

TEST(VersionTest, IsAtLeastItselfAndWhatCameBefore) {
  EXPECT_TRUE(is_at_least("1.2.3", "1.2.3"));
  EXPECT_TRUE(is_at_least("1.2.4", "1.2.3"));
  EXPECT_TRUE(is_at_least("1.3.0", "1.2.3"));
  EXPECT_TRUE(is_at_least("2.0.0", "1.99.99"));
}

TEST(VersionTest, IsLessThanWhatCameLater) {
  EXPECT_FALSE(is_at_least("1.2.2", "1.2.3"));
  EXPECT_FALSE(is_at_least("1.1.9", "1.2.0"));
  EXPECT_FALSE(is_at_least("0.9.9", "1.0.0"));
}

TEST(VersionTest, ComparesNumbersAndNotTheirSpelling) {
  EXPECT_TRUE(is_at_least("1.10.0", "1.9.0"));
  EXPECT_FALSE(is_at_least("1.9.0", "1.10.0"));
  EXPECT_TRUE(is_at_least("1.02.0", "1.2.0"));
  EXPECT_TRUE(is_at_least("1.2.0", "1.02.0"));
}

TEST(VersionTest, HasRoomForNumbersOfAnyLength) {
  EXPECT_TRUE(is_at_least("1.0.10000000000000000000000000", "1.0.9999999999999999999999999"));
  EXPECT_FALSE(is_at_least("1.0.9999999999999999999999999", "1.0.10000000000000000000000000"));
}

}  // namespace
}  // namespace zeren::manifest
