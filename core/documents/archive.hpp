// ZIP archives in memory.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace zeren::documents {

/// Path and bytes of each part, in the order in which they are to stand.
using Parts = std::vector<std::pair<std::string, std::string>>;

/// The same parts give the same bytes. Fails with PackingFailed, which names `what`. Any thread.
base::Result<std::string> pack(const Parts& parts, const std::string& what);

/// What may be unpacked: an archive of a few kilobytes can hold gigabytes.
struct UnpackLimits {
  std::size_t archive = 32U << 20U;  ///< bytes
  std::size_t part = 128U << 20U;    ///< bytes of one part, unpacked
  std::size_t total = 256U << 20U;
  std::int64_t parts = 1000;
};

class Archive final {
 public:
  /// `bytes` must outlive the archive; `file` is what errors call it. Fails with SheetInvalid or
  /// SheetTooLarge.
  static base::Result<Archive> open(std::string_view bytes, std::string file, UnpackLimits limits = {});
  Archive(Archive&& other) noexcept;
  Archive& operator=(Archive&& other) noexcept;
  ~Archive();

  /// The part at `path`, or nullopt when there is none. Fails with SheetInvalid (broken, encrypted) or
  /// SheetTooLarge, without having unpacked more than the limit.
  base::Result<std::optional<std::string>> part(const std::string& path);

 private:
  struct Handle;
  Archive(std::unique_ptr<Handle> handle, std::string file, UnpackLimits limits);

  std::unique_ptr<Handle> handle_;
  std::string file_;
  UnpackLimits limits_;
};

}  // namespace zeren::documents
