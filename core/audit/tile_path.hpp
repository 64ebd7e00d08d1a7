// Where things lie in a C2SP tlog-tiles export, relative to its root.
#pragma once

#include <cstdint>
#include <string>

namespace zeren::audit {

/// Hashes in a full tile, leaves in a full bundle.
inline constexpr std::int64_t kTileWidth = 256;

/// `tile/<level>/x001/x234/067`, with `.p/<width>` behind it when `width` is less than kTileWidth.
std::string tile_path(int level, std::int64_t number, std::int64_t width = kTileWidth);

/// `tile/entries/…` alike.
std::string entries_path(std::int64_t number, std::int64_t width = kTileWidth);

}  // namespace zeren::audit
