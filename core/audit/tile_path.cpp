#include "audit/tile_path.hpp"

namespace zeren::audit {
namespace {

std::string three_digits(std::int64_t number) {
  const auto text = std::to_string(number % 1000);
  return std::string(3 - text.size(), '0') + text;
}

std::string numbered(std::string folder, std::int64_t number, std::int64_t width) {
  auto path = three_digits(number);
  for (auto rest = number / 1000; rest > 0; rest /= 1000)
    path.insert(0, "x" + three_digits(rest) + "/");
  if (width < kTileWidth) path += ".p/" + std::to_string(width);
  return folder.append("/").append(path);
}

}  // namespace

std::string tile_path(int level, std::int64_t number, std::int64_t width) {
  return numbered("tile/" + std::to_string(level), number, width);
}

std::string entries_path(std::int64_t number, std::int64_t width) {
  return numbered("tile/entries", number, width);
}

}  // namespace zeren::audit
