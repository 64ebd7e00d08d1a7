#include "audit/checkpoint.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace zeren::audit {
namespace {

constexpr const char* kText =
    "zeren.example/log\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

TEST(CheckpointTest, IsThreeLines) {
  const auto checkpoint = parse_checkpoint(kText);
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->origin, "zeren.example/log");
  EXPECT_EQ(checkpoint->size, 20'852'163);
  EXPECT_EQ(base::to_base64(checkpoint->root), "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
  EXPECT_EQ(to_text(*checkpoint), kText);
}

TEST(CheckpointTest, RefusesWhatItWouldNotWrite) {
  const std::string text = kText;
  const auto with = [&](const std::string& from, const std::string& to) {
    auto changed = text;
    return changed.replace(changed.find(from), from.size(), to);
  };
  for (const auto& bad :
       {std::string(), text.substr(0, text.size() - 1), text + "\n", text + "extension\n",
        with("zeren.example/log", ""), with("zeren.example/log", "two words"), with("208", "0208"),
        with("208", "-208"), with("208", "+208"), with("20852163", "9223372036854775808"),
        with("20852163", ""), with("2I=", "2J="), with("2I=", "2I"), with("CsUY", "Cs"),
        with("CsUY", "CsUYAAAA"), with("\n", "\r\n")}) {
    const auto refused = parse_checkpoint(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().code, base::Code::NoteMalformed) << bad;
  }
}

TEST(CheckpointTest, SizesReachToTheLargestInteger) {
  EXPECT_EQ(parse_tree_size("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse_tree_size("0"), 0);
  EXPECT_EQ(parse_tree_size("00"), std::nullopt);
}

}  // namespace
}  // namespace zeren::audit
