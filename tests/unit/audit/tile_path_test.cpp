#include "audit/tile_path.hpp"

#include <gtest/gtest.h>

namespace zeren::audit {
namespace {

TEST(TilePathTest, NumbersAreCutIntoThreeDigits) {
  EXPECT_EQ(tile_path(0, 0), "tile/0/000");
  EXPECT_EQ(tile_path(1, 67), "tile/1/067");
  EXPECT_EQ(tile_path(2, 999), "tile/2/999");
  EXPECT_EQ(tile_path(0, 1000), "tile/0/x001/000");
  EXPECT_EQ(tile_path(3, 1'234'067), "tile/3/x001/x234/067");
  EXPECT_EQ(entries_path(1'000'000), "tile/entries/x001/x000/000");
}

TEST(TilePathTest, PartialTilesSayTheirWidth) {
  EXPECT_EQ(tile_path(0, 0, 1), "tile/0/000.p/1");
  EXPECT_EQ(tile_path(0, 1234, 255), "tile/0/x001/234.p/255");
  EXPECT_EQ(entries_path(5, 17), "tile/entries/005.p/17");
}

}  // namespace
}  // namespace zeren::audit
