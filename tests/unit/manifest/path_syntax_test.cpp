#include "manifest/path_syntax.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zeren::manifest {
namespace {

using ::testing::HasSubstr;

TEST(PathSyntaxTest, ReadsEveryOperator) {
  for (const char* path :
       {"party_superior", "party_superior/^same_level", "same_level|stationed_at",
        "(party_superior|successor)/^same_level", "^(same_level/party_superior)"}) {
    EXPECT_EQ(fault_in_path(path), std::nullopt) << path;
  }
}

TEST(PathSyntaxTest, SaysWhereAPathBreaksOff) {
  for (const char* path : {"", "/", "party_superior/", "|same_level", "(same_level", "same_level)",
                           "same_level same_level", "^^same_level", "same_level*"}) {
    EXPECT_THAT(fault_in_path(path).value_or(PathFault{}).english, HasSubstr("at character")) << path;
  }
}

TEST(PathSyntaxTest, NamesTheRelationsThereAre) {
  EXPECT_THAT(fault_in_path("same_level/boss").value_or(PathFault{}).english,
              HasSubstr("\"boss\" is not a relation; there are party_superior"));
}

TEST(PathSyntaxTest, RefusesNestingThatCouldExhaustTheStack) {
  EXPECT_THAT(fault_in_path(std::string(100'000, '(')).value_or(PathFault{}).english, HasSubstr("fewer nested"));
}

}  // namespace
}  // namespace zeren::manifest
