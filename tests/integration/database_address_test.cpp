// Where a deployment may keep its data, as the operator says it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fixtures/temp_folder.hpp"
#include "integration/server_process.hpp"

namespace zeren::integration {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(DatabaseAddress, OnPostgresqlNeitherSetupNorServeMakesAnything) {
  const fixtures::TempFolder folder;
  for (const std::vector<std::string>& command : {std::vector<std::string>{"setup", "--demo"}, {"serve"}}) {
    auto arguments = command;
    arguments.insert(arguments.end(), {"--database", "postgresql://zeren:s3cret@db.example/zeren"});
    const auto refused = zeren(folder / "data", arguments);
    EXPECT_NE(refused.status, 0);
    EXPECT_THAT(refused.err, HasSubstr("postgresql://zeren@db.example/zeren"));
    EXPECT_THAT(refused.out + refused.err, Not(HasSubstr("s3cret")));
    EXPECT_FALSE(std::filesystem::exists(folder / "data"));
  }
}

TEST(DatabaseAddress, WhatIsNoAddressIsRefusedWithTheFormItNeeds) {
  const fixtures::TempFolder folder;
  const auto refused = zeren(folder / "data", {"serve", "--database", "postgres:s3cret"});
  EXPECT_NE(refused.status, 0);
  EXPECT_THAT(refused.err, HasSubstr("sqlite:<"));
  EXPECT_THAT(refused.err, Not(HasSubstr("s3cret")));
}

}  // namespace
}  // namespace zeren::integration
