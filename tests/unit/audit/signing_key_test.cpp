#include "audit/signing_key.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/temp_folder.hpp"

namespace zeren::audit {
namespace {

using base::Code;
using std::filesystem::perms;

class SigningKeyTest : public testing::Test {
 protected:
  base::Result<SigningKey> create() {
    return SigningKey::create(file_, "zeren.example/log", entropy_);
  }
  base::Result<SigningKey> load() { return SigningKey::load(file_, "zeren.example/log"); }

  fixtures::TempFolder folder_;
  fixtures::SeededEntropy entropy_;
  std::filesystem::path file_ = folder_ / "log.key";
};

TEST_F(SigningKeyTest, IsTheSameKeyWhenLoadedAgain) {
  const auto created = create();
  ASSERT_TRUE(created);
  const auto loaded = load();
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->vkey(), created->vkey());
  EXPECT_TRUE(created->verifier().holds("text\n", loaded->sign("text\n")));
  EXPECT_FALSE(created->verifier().holds("texT\n", loaded->sign("text\n")));
}

TEST_F(SigningKeyTest, OnlyItsOwnerMayReadTheFile) {
  ASSERT_TRUE(create());
  EXPECT_EQ(std::filesystem::status(file_).permissions(), perms::owner_read | perms::owner_write);
  EXPECT_THAT(*base::read_file(file_), testing::StartsWith("-----BEGIN PRIVATE KEY-----\n"));
  std::filesystem::permissions(file_, perms::group_read, std::filesystem::perm_options::add);
  const auto refused = load();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::FileUnreadable);
}

TEST_F(SigningKeyTest, IsNeverOverwritten) {
  const auto first = create();
  const auto second = create();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::FileUnwritable);
  EXPECT_EQ(load()->vkey(), first->vkey());
}

TEST_F(SigningKeyTest, NamesTheFileThatIsMissing) {
  const auto missing = load();
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Code::AuditKeyMissing);
  EXPECT_EQ(missing.error().args.at("file"), file_.string());
}

TEST_F(SigningKeyTest, RefusesAFileThatHoldsNoKey) {
  ASSERT_TRUE(base::write_file(file_, "-----BEGIN PRIVATE KEY-----\n", base::FileMode::Private));
  const auto refused = load();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::FileUnreadable);
}

TEST_F(SigningKeyTest, RefusesAnOriginThatNoNoteCouldCarry) {
  const auto refused = SigningKey::create(file_, "two words", entropy_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::ConfigInvalid);
  EXPECT_FALSE(std::filesystem::exists(file_));
}

}  // namespace
}  // namespace zeren::audit
