// Every released function table is a prefix of today's: a plugin built then finds what it knew where it was.
#include "unit/sdk/abi_layout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/digest.hpp"
#include "base/file.hpp"

namespace zeren::sdk {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// One line per release. A released layout never changes; a new release adds its own.
const std::map<std::string, std::string> kReleased = {
    {"1.0.layout", "9fa6d1f99fc23f1d845be2babea12ad833ad0e364817817f3dd183e0c67a801a"},
    {"events-1.layout", "19f369142a51b652b6296d78ab7d787bca774b09974b732d7d254d8bbf52b053"},
};

std::string text_of_release(const std::string& file) {
  return base::read_file(std::string(ZEREN_SOURCE_DIR "/tests/unit/sdk/released/") + file)
      .value_or("");
}

Layout released() { return parse_layout(text_of_release("1.0.layout")); }

TEST(AbiLayoutTest, BeginsWithEveryReleasedLayout) {
  for (const auto& [file, digest] : kReleased) {
    const auto text = text_of_release(file);
    EXPECT_EQ(base::to_hex(base::sha256(text)), digest) << file;
    EXPECT_THAT(breaks(parse_layout(text), layout_of_today()), IsEmpty()) << file;
  }
}

TEST(AbiLayoutTest, IsComparedWithEachReleaseThereIs) {
  std::size_t files = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(ZEREN_SOURCE_DIR "/tests/unit/sdk/released")) {
    EXPECT_TRUE(kReleased.contains(file.path().filename().string())) << file.path();
    ++files;
  }
  EXPECT_EQ(files, kReleased.size());
}

TEST(AbiLayoutTest, KnowsEveryMemberOfTodaysTables) {
  for (const auto& [name, type] : layout_of_today()) {
    std::size_t covered = 0;
    std::map<std::size_t, std::size_t> ends;
    for (const auto& [member, place] : type.members) ends[place.offset] = place.offset + place.size;
    for (const auto& [offset, end] : ends) {
      EXPECT_LT(offset - covered, 8U) << name << " has a member that the table lacks";
      covered = end;
    }
    EXPECT_LT(type.size - covered, 8U) << name << " has a last member that the table lacks";
  }
}

TEST(AbiLayoutTest, AllowsAMemberAtTheEnd) {
  auto today = released();
  today["zeren_host"].members["later"] = {40, 8};
  today["zeren_host"].size = 48;
  EXPECT_THAT(breaks(released(), today), IsEmpty());
}

TEST(AbiLayoutTest, NoticesWhatMovedShrankOrSlippedIn) {
  auto moved = released();
  std::swap(moved["zeren_plugin"].members["init"], moved["zeren_plugin"].members["start"]);
  EXPECT_THAT(breaks(released(), moved),
              ElementsAre("zeren_plugin.init has moved", "zeren_plugin.start has moved"));
  auto shrunk = released();
  shrunk["zeren_log"].size = 8;
  shrunk["zeren_log"].members.erase("write");
  EXPECT_THAT(breaks(released(), shrunk),
              ElementsAre("zeren_log has shrunk", "zeren_log.write has moved"));
  auto slipped = released();
  slipped["zeren_host"].members["flags"] = {12, 4};
  EXPECT_THAT(breaks(released(), slipped),
              ElementsAre("zeren_host.flags is new and not at the end"));
  auto gone = released();
  gone.erase("zeren_steps");
  EXPECT_THAT(breaks(released(), gone), ElementsAre("zeren_steps is gone"));
}

}  // namespace
}  // namespace zeren::sdk
