#include "http/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zeren::http {
namespace {

using testing::ElementsAre;

TEST(Target, DecodesSegmentsAndParameters) {
  const auto target = Target::parse("/api/v1/units/%E8%B4%A3?name=a%26b&empty=&flag");
  ASSERT_TRUE(target.has_value());
  EXPECT_THAT(target->segments, ElementsAre("api", "v1", "units", "责"));
  EXPECT_EQ(target->parameter("name"), "a&b");
  EXPECT_EQ(target->parameter("empty"), "");
  EXPECT_EQ(target->parameter("flag"), "");
  EXPECT_EQ(target->parameter("none"), "");
}

TEST(Target, RefusesAParameterThatIsSaidTwice) {
  EXPECT_FALSE(Target::parse("/api/v1/obligations?light=red&light=green").has_value());
  EXPECT_FALSE(Target::parse("/api/v1/obligations?light=red&lig%68t=red").has_value());
}

TEST(Target, ASlashThatWasEncodedDoesNotSplit) {
  EXPECT_THAT(Target::parse("/a%2Fb")->segments, ElementsAre("a/b"));
}

TEST(Target, RefusesWhatCannotBeRead) {
  for (const auto* bad : {"", "api", "http://x/", "/%", "/%2", "/%zz", "/%00", "/%0A", "/%FF", "/a?b=%FF"}) {
    EXPECT_FALSE(Target::parse(bad).has_value()) << bad;
  }
}

TEST(Headers, AnAbsentOneIsEmpty) {
  EXPECT_EQ(header({{"a", "1"}}, "a"), "1");
  EXPECT_EQ(header({{"a", "1"}}, "b"), "");
}

}  // namespace
}  // namespace zeren::http
