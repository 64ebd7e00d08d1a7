#include "audit/tile_writer.hpp"

#include <system_error>

#include "audit/entry.hpp"
#include "audit/tile_path.hpp"
#include "base/file.hpp"
#include "base/invariant.hpp"
#include "base/system_reason.hpp"

namespace zeren::audit {
namespace {

using base::Result;

constexpr auto kFull = static_cast<std::size_t>(kTileWidth);

tl::unexpected<base::Error> unwritable(const std::filesystem::path& path,
                                       const std::error_code& failure) {
  return base::fail(base::Code::FileUnwritable, base::with_reason({{"file", path.string()}}, failure));
}

}  // namespace

Result<void> TileWriter::append(std::string_view leaf) {
  base::invariant(leaf.size() <= kMaxLeaf, "make_entry() refuses longer leaves");
  // Big-endian length, then the leaf.
  bundle_.push_back(static_cast<char>(leaf.size() >> 8));
  bundle_.push_back(static_cast<char>(leaf.size() & 0xFF));
  bundle_.append(leaf);
  if (levels_.empty()) levels_.emplace_back();
  if (levels_[0].hashes.size() + 1 == kFull) {
    if (auto done = write_bundle(kTileWidth); !done) return done;
  }
  return add(0, leaf_hash(leaf));
}

Result<void> TileWriter::add(std::size_t level, const Digest& hash) {
  for (auto carry = hash;; ++level) {
    if (level == levels_.size()) levels_.emplace_back();
    levels_[level].hashes.push_back(carry);
    if (levels_[level].hashes.size() < kFull) return {};
    if (auto done = write_tile(level); !done) return done;
    carry = tree_root(levels_[level].hashes);
    levels_[level].hashes.clear();
    ++levels_[level].tiles;
  }
}

Result<void> TileWriter::finish() {
  if (!bundle_.empty()) {
    const auto width = static_cast<std::int64_t>(levels_[0].hashes.size());
    if (auto done = write_bundle(width); !done) return done;
  }
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    if (levels_[level].hashes.empty()) continue;
    if (auto done = write_tile(level); !done) return done;
  }
  return {};
}

Result<void> TileWriter::write_tile(std::size_t level) {
  const auto& [number, hashes] = levels_[level];
  std::string bytes;
  bytes.reserve(hashes.size() * sizeof(Digest));
  for (const auto& hash : hashes) bytes.append(hash.begin(), hash.end());
  const auto depth = static_cast<int>(level);
  if (hashes.size() == kFull) superseded_.push_back(tile_path(depth, number) + ".p");
  return write(tile_path(depth, number, static_cast<std::int64_t>(hashes.size())), bytes);
}

Result<void> TileWriter::write_bundle(std::int64_t width) {
  const auto number = levels_[0].tiles;
  if (width == kTileWidth) superseded_.push_back(entries_path(number) + ".p");
  auto done = write(entries_path(number, width), bundle_);
  bundle_.clear();
  return done;
}

Result<void> TileWriter::write(const std::string& path, std::string_view bytes) const {
  const auto file = folder_ / path;
  if (const auto present = base::read_file(file); present && *present == bytes) return {};
  std::error_code failure;
  std::filesystem::create_directories(file.parent_path(), failure);
  if (failure) return unwritable(file.parent_path(), failure);
  return base::write_file(file, bytes);
}

Result<void> TileWriter::remove_superseded() const {
  for (const auto& path : superseded_) {
    std::error_code failure;
    std::filesystem::remove_all(folder_ / path, failure);
    if (failure) return unwritable(folder_ / path, failure);
  }
  return {};
}

}  // namespace zeren::audit
