#include "access/password.hpp"

#include <gtest/gtest.h>

#include <set>

#include "fixtures/fixed_world.hpp"

namespace zeren::access {
namespace {

using base::Code;

TEST(Password, MatchesItsHashAndNoOther) {
  const auto hash = hash_password("correct horse battery").value();
  EXPECT_TRUE(hash.starts_with("$argon2id$")) << hash;
  EXPECT_TRUE(password_matches(hash, "correct horse battery"));
  EXPECT_FALSE(password_matches(hash, "correct horse batterY"));
  EXPECT_FALSE(password_matches(hash, ""));
}

TEST(Password, HashesTheSameTextDifferently) {
  EXPECT_NE(hash_password("correct horse battery").value(),
            hash_password("correct horse battery").value());
}

TEST(Password, OfNobodyNeverMatches) {
  EXPECT_FALSE(password_matches("", "correct horse battery"));
  EXPECT_FALSE(password_matches("", ""));
  // What the stand-in hash was made from opens nothing either.
  EXPECT_FALSE(password_matches("", "an account that does not exist"));
}

TEST(Password, ThatIsDamagedNeverMatches) {
  EXPECT_FALSE(password_matches("$argon2id$v=19$m=65536,t=2,p=1$", "correct horse battery"));
}

TEST(Password, IsRefusedWhenTooShortOrTooLong) {
  for (const auto length : {std::size_t{0}, kMinPassword - 1, kMaxPassword + 1}) {
    const auto hash = hash_password(std::string(length, 'x'));
    ASSERT_FALSE(hash.has_value()) << length;
    EXPECT_EQ(hash.error().code, Code::PasswordTooWeak);
  }
  EXPECT_TRUE(hash_password(std::string(kMinPassword, 'x')).has_value());
  EXPECT_TRUE(hash_password(std::string(kMaxPassword, 'x')).has_value());
}

TEST(Password, MadeByTheHostIsReadableAndLongEnough) {
  fixtures::SeededEntropy entropy;
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const auto password = random_password(entropy);
    EXPECT_EQ(password.size(), 19U);
    EXPECT_EQ(password.find_first_of("lo01"), std::string::npos) << password;
    EXPECT_TRUE(seen.insert(password).second);
  }
}

}  // namespace
}  // namespace zeren::access
