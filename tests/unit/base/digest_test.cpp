#include "base/digest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.hpp"
#include "fixtures/temp_folder.hpp"

namespace zeren::base {
namespace {

constexpr auto kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Digest, IsThatOfFips180) {
  EXPECT_EQ(to_hex(sha256(std::string_view("abc"))), kAbc);
  const fixtures::TempFolder folder;
  ASSERT_TRUE(write_file(folder / "abc", "abc"));
  EXPECT_EQ(to_hex(*sha256_of_file(folder / "abc")), kAbc);
  EXPECT_EQ(sha256_of_file(folder / "none").error().code, Code::FileUnreadable);
}

TEST(Digest, TextFormsRoundTrip) {
  for (std::size_t size = 0; size < 40; ++size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 37 + 250);
    EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
  }
}

TEST(Digest, RefusesWhatTheEncoderWouldNotWrite) {
  for (const auto* bad : {"QQ", "QQ=", "Q===", "QR==", "QQ== ", "Q-==", "QQ==QQ==", "Q\xC1=="}) {
    EXPECT_FALSE(from_base64(bad).has_value()) << bad;
  }
  EXPECT_FALSE(from_base64url("QQ==").has_value());
  EXPECT_FALSE(from_hex("abc").has_value());
  EXPECT_FALSE(digest_from_base64("QQ==").has_value());
}

TEST(Digest, SecretsAreEqualOnlyWhenEveryByteIs) {
  EXPECT_TRUE(same_secret("token", "token"));
  EXPECT_FALSE(same_secret("token", "tokem"));
  EXPECT_FALSE(same_secret("token", "token2"));
}

}  // namespace
}  // namespace zeren::base
