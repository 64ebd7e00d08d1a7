// Cuts a stream of leaves into the tiles and entry bundles of C2SP tlog-tiles. Holds at most one
// open tile per level, however long the log is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "audit/merkle.hpp"
#include "base/error.hpp"

namespace zeren::audit {

class TileWriter final {
 public:
  /// Writes beneath `folder`, which need not exist.
  explicit TileWriter(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// The next leaf, of at most kMaxLeaf bytes (entry.hpp). A file that holds the right bytes
  /// already is left alone. Fails with FileUnwritable. Blocks.
  base::Result<void> append(std::string_view leaf);

  /// Writes the partial tiles at the right edge. Once, after the last leaf.
  base::Result<void> finish();

  /// Removes partial tiles of an earlier export whose full tile stands now. After the new
  /// checkpoint is written: readers of the old one may still be asking for them.
  base::Result<void> remove_superseded() const;

 private:
  struct Level {
    std::int64_t tiles = 0;      // full ones before the open one
    std::vector<Digest> hashes;  // of the open one
  };

  base::Result<void> add(std::size_t level, const Digest& hash);
  base::Result<void> write_tile(std::size_t level);
  base::Result<void> write_bundle(std::int64_t width);
  base::Result<void> write(const std::string& path, std::string_view bytes) const;

  std::filesystem::path folder_;
  std::vector<Level> levels_;
  std::string bundle_;
  std::vector<std::string> superseded_;
};

}  // namespace zeren::audit
