#include "access/password.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <set>
#include <thread>
#include <vector>

#include "fixtures/fixed_world.hpp"

namespace zeren::access {
namespace {

using base::Code;

TEST(Password, MatchesItsHashAndNoOther) {
  const auto hash = PasswordHasher().hash("correct horse battery").value();
  EXPECT_TRUE(hash.starts_with("$argon2id$")) << hash;
  EXPECT_TRUE(*PasswordHasher().matches(hash, "correct horse battery"));
  EXPECT_FALSE(*PasswordHasher().matches(hash, "correct horse batterY"));
  EXPECT_FALSE(*PasswordHasher().matches(hash, ""));
}

TEST(Password, HashesTheSameTextDifferently) {
  EXPECT_NE(PasswordHasher().hash("correct horse battery").value(),
            PasswordHasher().hash("correct horse battery").value());
}

TEST(Password, OfNobodyNeverMatches) {
  EXPECT_FALSE(*PasswordHasher().matches("", "correct horse battery"));
  EXPECT_FALSE(*PasswordHasher().matches("", ""));
}

TEST(Password, ThatIsDamagedNeverMatches) {
  EXPECT_FALSE(*PasswordHasher().matches("$argon2id$v=19$m=65536,t=2,p=1$", "correct horse battery"));
}

TEST(Password, IsRefusedWhenTooShortOrTooLong) {
  for (const auto length : {std::size_t{0}, kMinPassword - 1, kMaxPassword + 1}) {
    const auto hash = PasswordHasher().hash(std::string(length, 'x'));
    ASSERT_FALSE(hash.has_value()) << length;
    EXPECT_EQ(hash.error().code, Code::PasswordTooWeak);
  }
  EXPECT_FALSE(PasswordHasher().hash("青澜市纪委").has_value());  // fifteen bytes, five characters
  EXPECT_TRUE(PasswordHasher().hash(std::string(kMinPassword, 'x')).has_value());
  EXPECT_TRUE(PasswordHasher().hash(std::string(kMaxPassword, 'x')).has_value());
}

TEST(Password, WaitsForAPlaceInsteadOfTakingTheMachine) {
  PasswordHasher hasher;
  const auto hash = hasher.hash("correct horse battery").value();
  std::vector<std::jthread> crowd;
  std::atomic<int> matched{0};
  for (int i = 0; i < 3 * PasswordHasher::kAtOnce; ++i) {
    crowd.emplace_back([&] { matched += hasher.matches(hash, "correct horse battery").value_or(false); });
  }
  crowd.clear();
  EXPECT_GE(matched, PasswordHasher::kAtOnce);
}

TEST(Password, TurnsACrowdAwayInsteadOfKeepingItWaiting) {
  constexpr int kCrowd = 100;
  PasswordHasher hasher;
  std::latch together(kCrowd);
  std::atomic<int> answered{0};
  std::atomic<int> turned_away{0};
  std::vector<std::jthread> crowd;
  for (int i = 0; i < kCrowd; ++i) {
    crowd.emplace_back([&] {
      together.arrive_and_wait();
      const auto matches = hasher.matches("", "wrong-wrong-wrong");
      ++(matches ? answered : turned_away);
    });
  }
  crowd.clear();
  EXPECT_GE(answered, PasswordHasher::kAtOnce);
  EXPECT_GT(turned_away, 0);  // all hundred would be answered within kPatience
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
