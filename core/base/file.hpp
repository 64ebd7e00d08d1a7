// Files that must be whole or not there.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace zeren::base {

enum class FileMode { Shared, Private };  ///< 0644 or 0600

/// The whole file. Fails with FileUnreadable, which names it and the system's reason. Blocks.
Result<std::string> read_file(const std::filesystem::path& path);

/// Writes a temporary file beside `path`, syncs it, renames it over `path` and syncs the folder: after a
/// crash there is the old file or the new one. Fails with FileUnwritable. Blocks.
Result<void> write_file(const std::filesystem::path& path, std::string_view text,
                        FileMode mode = FileMode::Shared);

}  // namespace zeren::base
