#include "documents/archive.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/messages.hpp"

namespace zeren::documents {
namespace {

using base::Code;

TEST(ArchiveTest, GivesBackWhatWasPacked) {
  const auto packed = pack({{"a.xml", "甲"}, {"b/c.xml", ""}}, "test");
  ASSERT_TRUE(packed.has_value()) << base::report_of(packed.error());
  auto archive = Archive::open(*packed, "test.zip");
  ASSERT_TRUE(archive.has_value());
  EXPECT_EQ(**archive->part("a.xml"), "甲");
  EXPECT_EQ(**archive->part("b/c.xml"), "");
  EXPECT_EQ(*archive->part("none"), std::nullopt);
}

TEST(ArchiveTest, RefusesAPartThatUnpacksToMoreThanTheLimit) {
  const auto packed = pack({{"bomb", std::string(8U << 20U, '0')}}, "test");
  ASSERT_TRUE(packed.has_value());
  ASSERT_LT(packed->size(), 64U << 10U);
  UnpackLimits limits;
  limits.part = 1U << 20U;
  auto archive = Archive::open(*packed, "test.zip", limits);
  ASSERT_TRUE(archive.has_value());
  const auto part = archive->part("bomb");
  ASSERT_FALSE(part.has_value());
  EXPECT_EQ(part.error().code, Code::SheetTooLarge);
}

TEST(ArchiveTest, CountsAllPartsTogether) {
  const std::string half(600U << 10U, '0');
  const auto packed = pack({{"a", half}, {"b", half}}, "test");
  UnpackLimits limits;
  limits.total = 1U << 20U;
  auto archive = Archive::open(*packed, "test.zip", limits);
  ASSERT_TRUE(archive.has_value());
  EXPECT_TRUE(archive->part("a").has_value());
  EXPECT_FALSE(archive->part("b").has_value());
}

TEST(ArchiveTest, RefusesWhatIsNoArchiveTooLargeOrOfTooManyParts) {
  EXPECT_EQ(Archive::open("no archive", "a").error().code, Code::SheetInvalid);
  const auto packed = pack({{"a", "1"}, {"b", "2"}}, "test");
  UnpackLimits few;
  few.parts = 1;
  EXPECT_EQ(Archive::open(*packed, "a", few).error().code, Code::SheetTooLarge);
  UnpackLimits small;
  small.archive = 10;
  EXPECT_EQ(Archive::open(*packed, "a", small).error().code, Code::SheetTooLarge);
}

TEST(ArchiveTest, FindsADamagedPart) {
  auto packed = pack({{"a.xml", std::string(5000, 'x') + "y"}}, "test");
  ASSERT_TRUE(packed.has_value());
  (*packed)[36] = static_cast<char>((*packed)[36] ^ 0x55);  // in the compressed bytes, after header and name
  auto archive = Archive::open(*packed, "test.zip");
  ASSERT_TRUE(archive.has_value());
  EXPECT_FALSE(archive->part("a.xml").has_value());
}

}  // namespace
}  // namespace zeren::documents
