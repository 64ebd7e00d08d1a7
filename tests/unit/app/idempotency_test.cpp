#include "app/idempotency.hpp"

#include <gtest/gtest.h>

#include "fixtures/written_store.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;

class IdempotencyTest : public testing::Test {
 protected:
  void answer(const std::string& account, const std::string& key, const std::string& digest,
              const Json& answer) {
    store_.must_commit(remembered(account, key, digest, answer));
  }

  static store::ChangeSet remembered(const std::string& account, const std::string& key,
                                     const std::string& digest, const Json& answer) {
    store::ChangeSet change;
    change.answer = answer;
    remember_answer(change, account, key, digest, base::from_millis(0));
    return change;
  }

  auto earlier(const std::string& account, const std::string& key, const std::string& digest) {
    return earlier_answer(store_.session(), account, key, digest);
  }

  fixtures::WrittenStore store_;
};

TEST_F(IdempotencyTest, ARepeatedRequestGetsTheFirstAnswer) {
  EXPECT_FALSE(earlier("clerk", "k1", "digest").value().has_value());
  answer("clerk", "k1", "digest", {{"id", "记录"}});
  EXPECT_EQ(earlier("clerk", "k1", "digest").value(), (Json{{"id", "记录"}}));
}

TEST_F(IdempotencyTest, AKeyStandsForOneRequest) {
  answer("clerk", "k1", "digest", 1);
  const auto reused = earlier("clerk", "k1", "another");
  ASSERT_FALSE(reused.has_value());
  EXPECT_EQ(reused.error().code, Code::IdempotencyKeyReused);
}

TEST_F(IdempotencyTest, AccountsDoNotShareKeys) {
  answer("clerk", "k1", "digest", 1);
  EXPECT_FALSE(earlier("other", "k1", "another").value().has_value());
  answer("other", "k1", "another", 2);
  EXPECT_EQ(earlier("clerk", "k1", "digest").value(), 1);
}

TEST_F(IdempotencyTest, OfTwoAtOnceOneIsWritten) {
  answer("clerk", "k1", "digest", 1);
  const auto second = store_.commit(remembered("clerk", "k1", "digest", 2));
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, Code::UniqueViolated);
}

TEST_F(IdempotencyTest, WithoutAKeyNothingIsRemembered) {
  EXPECT_TRUE(remembered("clerk", "", "digest", 1).rows.empty());
  EXPECT_FALSE(earlier("clerk", "", "digest").value().has_value());
}

}  // namespace
}  // namespace zeren::app
