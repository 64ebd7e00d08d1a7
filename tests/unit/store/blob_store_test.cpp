#include "store/blob_store.hpp"

#include <gtest/gtest.h>

#include "fixtures/temp_folder.hpp"

namespace zeren::store {
namespace {

using base::Code;

class BlobStoreTest : public testing::Test {
 protected:
  BlobStoreTest() { EXPECT_TRUE(blobs_.prepare().has_value()); }

  Blob keep(const std::string& bytes, std::int64_t millis = 1000) {
    auto incoming = blobs_.receive();
    for (const char byte : bytes) EXPECT_TRUE(incoming->add({&byte, 1}).has_value());
    return blobs_.keep(std::move(*incoming), base::from_millis(millis)).value();
  }

  std::size_t swept(std::int64_t before, const Blob& needed = {}) {
    const auto is_needed = [&](const base::Digest& digest) -> base::Result<bool> {
      return digest == needed.digest;
    };
    return blobs_.sweep(base::from_millis(before), is_needed).value();
  }

  std::size_t incoming() const {
    std::filesystem::directory_iterator files(folder_ / "blobs/incoming");
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
  }

  fixtures::TempFolder folder_;
  BlobStore blobs_{folder_ / "blobs"};
};

TEST_F(BlobStoreTest, GivesBackWhatItKeptUnderItsDigest) {
  const auto blob = keep("内容");
  EXPECT_EQ(blob.digest, base::sha256("内容"));
  EXPECT_EQ(blob.size, 6);
  const auto reader = blobs_.open(blob);
  ASSERT_TRUE(reader.has_value());
  EXPECT_EQ(reader->read(3, 3).value(), "容");
  EXPECT_EQ(keep(""), (Blob{base::sha256(""), 0}));
  EXPECT_TRUE(blobs_.open({base::sha256(""), 0}).has_value());
}

TEST_F(BlobStoreTest, WhatIsNotKeptLeavesNoFile) {
  {
    auto incoming = blobs_.receive();
    EXPECT_TRUE(incoming->add("x").has_value());
    EXPECT_EQ(this->incoming(), 1U);
  }
  EXPECT_EQ(incoming(), 0U);
}

TEST_F(BlobStoreTest, FindsWhatIsMissingChangedOrLonger) {
  const auto blob = keep("内容");
  const auto refused = [&] {
    const auto reader = blobs_.open(blob);
    return !reader && reader.error().code == Code::AttachmentCorrupt;
  };
  ASSERT_TRUE(base::write_file(blobs_.path_of(blob.digest), "内客").has_value());
  EXPECT_TRUE(refused());
  ASSERT_TRUE(base::write_file(blobs_.path_of(blob.digest), "内容!").has_value());
  EXPECT_TRUE(refused());
  std::filesystem::remove(blobs_.path_of(blob.digest));
  EXPECT_TRUE(refused());
  EXPECT_EQ(keep("内容"), blob);
  EXPECT_FALSE(refused()) << "who keeps the same bytes again mends them";
}

TEST_F(BlobStoreTest, SweepsWhatIsOldAndNotNeededOnly) {
  const auto needed = keep("要", 1000);
  const auto orphan = keep("不要", 1000);
  const auto young = keep("新", 3000);
  EXPECT_EQ(swept(2000, needed), 1U);
  EXPECT_TRUE(blobs_.open(needed).has_value());
  EXPECT_TRUE(blobs_.open(young).has_value());
  EXPECT_FALSE(blobs_.open(orphan).has_value());
}

TEST_F(BlobStoreTest, WhatIsKeptAgainIsYoungAgain) {
  const auto blob = keep("甲", 1000);
  keep("甲", 3000);
  EXPECT_EQ(swept(2000), 0U);
  EXPECT_TRUE(blobs_.open(blob).has_value());
}

TEST_F(BlobStoreTest, TheNextOwnerFindsNothingHalfWritten) {
  auto left = blobs_.receive();
  EXPECT_EQ(incoming(), 1U);
  EXPECT_TRUE(BlobStore(folder_ / "blobs").prepare().has_value());
  EXPECT_EQ(incoming(), 0U);
}

}  // namespace
}  // namespace zeren::store
