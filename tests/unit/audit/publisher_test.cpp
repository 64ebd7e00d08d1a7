#include "audit/publisher.hpp"

#include <gtest/gtest.h>

#include "base/file.hpp"
#include "unit/audit/audited_store.hpp"

namespace zeren::audit {
namespace {

using base::Code;
using fixtures::AuditedStore;

class PublisherTest : public testing::Test {
 protected:
  store::Session& session() { return store_.session(); }
  std::string published() { return *base::read_file(store_.paths().checkpoint); }

  Checkpoint opened(const std::string& note) {
    return *parse_checkpoint(store_.key().verifier().open(note)->text);
  }

  std::int64_t notes() {
    return (*session().first("SELECT COUNT(*) FROM audit_checkpoint")).value().integer(0);
  }

  Code refusal() {
    const auto before = notes();
    const auto refused = store_.publish();
    EXPECT_FALSE(refused);
    EXPECT_EQ(notes(), before) << "nothing may be signed";
    return refused ? Code::Several : refused.error().code;
  }

  AuditedStore store_;
};

TEST_F(PublisherTest, PublishesTheSignedHead) {
  store_.append(5);
  const auto checkpoint = store_.publish();
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(*checkpoint, (Checkpoint{fixtures::kOrigin, 5, store_.log().head().root}));
  EXPECT_EQ(opened(published()), *checkpoint);
  store_.append(3);
  EXPECT_EQ(store_.publish()->size, 8);
  EXPECT_EQ(opened(published()).size, 8);
  EXPECT_EQ(notes(), 2);
}

TEST_F(PublisherTest, AnEmptyLogHasACheckpointToo) {
  ASSERT_TRUE(store_.publish());
  EXPECT_EQ(opened(published()).root, tree_root({}));
}

TEST_F(PublisherTest, PublishingAgainChangesNothing) {
  store_.append(5);
  ASSERT_TRUE(store_.publish());
  const auto before = published();
  ASSERT_TRUE(store_.publish());
  EXPECT_EQ(published(), before);
  EXPECT_EQ(notes(), 1);
}

TEST_F(PublisherTest, MakesUpForACrashAfterLastSigned) {
  store_.append(5);
  auto reader = *store::Session::open(store_.file(), store::Access::ReadOnly);
  EXPECT_FALSE(CheckpointPublisher(store_.key(), store_.paths()).publish(reader));
  ASSERT_TRUE(std::filesystem::exists(store_.paths().last_signed));
  EXPECT_EQ(notes(), 0);
  ASSERT_TRUE(store_.publish());
  EXPECT_EQ(opened(published()).size, 5);
}

TEST_F(PublisherTest, GoesOnFromACrashAfterLastSignedWhenTheLogHasGrown) {
  store_.append(5);
  auto reader = *store::Session::open(store_.file(), store::Access::ReadOnly);
  EXPECT_FALSE(CheckpointPublisher(store_.key(), store_.paths()).publish(reader));
  store_.append(2);
  ASSERT_TRUE(store_.publish());
  EXPECT_EQ(opened(published()).size, 7);
}

TEST_F(PublisherTest, MakesUpForACrashBeforeTheFileWasPublished) {
  store_.append(5);
  std::filesystem::create_directory(store_.paths().checkpoint);
  EXPECT_EQ(store_.publish().error().code, Code::FileUnwritable);
  EXPECT_EQ(notes(), 1);
  std::filesystem::remove(store_.paths().checkpoint);
  ASSERT_TRUE(store_.publish());
  EXPECT_EQ(opened(published()).size, 5);
  EXPECT_EQ(notes(), 1);
}

TEST_F(PublisherTest, NeverSignsALogThatShrank) {
  store_.append(5);
  const auto older = *base::read_file(store_.file());
  ASSERT_TRUE(store_.publish());
  AuditedStore other;
  other.append(4);
  CheckpointPublisher publisher(store_.key(), store_.paths());
  const auto refused = publisher.publish(other.session());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::AuditRollback);
  EXPECT_EQ(refused.error().args.at("size"), "4");
  EXPECT_EQ(refused.error().args.at("signed"), "5");
}

TEST_F(PublisherTest, NeverSignsTwoRootsOfOneSize) {
  store_.append(5);
  ASSERT_TRUE(store_.publish());
  AuditedStore other;
  ASSERT_TRUE(other.commit(AuditedStore::act("something.else")) == 0);
  other.append(4);
  CheckpointPublisher publisher(store_.key(), store_.paths());
  EXPECT_EQ(publisher.publish(other.session()).error().code, Code::AuditRollback);
}

TEST_F(PublisherTest, NeverSignsALogThatGrewFromAnotherPast) {
  store_.append(5);
  ASSERT_TRUE(store_.publish());
  AuditedStore other;
  ASSERT_TRUE(other.commit(AuditedStore::act("something.else")) == 0);
  other.append(9);
  CheckpointPublisher publisher(store_.key(), store_.paths());
  EXPECT_EQ(publisher.publish(other.session()).error().code, Code::AuditRollback);
  EXPECT_EQ(opened(published()).size, 5);
}

TEST_F(PublisherTest, NeverSignsUnderTheFileOfAnotherLog) {
  store_.append(5);
  ASSERT_TRUE(store_.publish());
  store_.append(1);
  ASSERT_TRUE(write_last_signed(store_.paths().last_signed, {"other.example", {}}));
  EXPECT_EQ(refusal(), Code::AuditOriginChanged);
}

TEST_F(PublisherTest, AsksForLastSignedWhenItIsGone) {
  store_.append(5);
  ASSERT_TRUE(store_.publish());
  store_.append(1);
  std::filesystem::remove(store_.paths().last_signed);
  EXPECT_EQ(refusal(), Code::FileUnreadable);
}

TEST_F(PublisherTest, RefusesADamagedLastSigned) {
  store_.append(5);
  ASSERT_TRUE(store_.publish());
  const auto file = store_.paths().last_signed;
  const auto text = *base::read_file(file);
  for (std::size_t i = 0; i + 1 < text.size(); i += 3) {
    auto damaged = text;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    ASSERT_TRUE(base::write_file(file, damaged));
    EXPECT_FALSE(store_.publish()) << damaged;
  }
}

TEST_F(PublisherTest, RefusesToPublishAStoredNoteThatWasChanged) {
  store_.append(5);
  ASSERT_TRUE(store_.publish());
  store_.tamper("UPDATE audit_checkpoint SET note = replace(note, '5', '6')");
  EXPECT_EQ(refusal(), Code::AuditCorrupt);
}

}  // namespace
}  // namespace zeren::audit
