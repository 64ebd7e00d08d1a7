// Files that must be whole or not there.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace zeren::base {

enum class FileMode { Shared, Private };  ///< 0644 or 0600

/// A file descriptor with an owner.
class Descriptor final {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();  ///< closes it; close errors after a sync carry no news
  int get() const { return fd_; }

 private:
  int fd_;  // negative: none
};

/// Whether all of `bytes` was written; else errno says why not. Blocks.
bool write_all(int fd, std::string_view bytes);

/// Whether the names in `folder` are durable now; else errno says why not. Blocks.
bool sync_folder(const std::filesystem::path& folder);

/// The whole file. Fails with FileUnreadable, which names it and the system's reason. Blocks.
Result<std::string> read_file(const std::filesystem::path& path);

/// Writes a temporary file beside `path`, syncs it, renames it over `path` and syncs the folder: after a
/// crash there is the old file or the new one. Fails with FileUnwritable. Blocks.
Result<void> write_file(const std::filesystem::path& path, std::string_view text,
                        FileMode mode = FileMode::Shared);

}  // namespace zeren::base
