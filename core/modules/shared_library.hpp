// A library opened into this process. The only place that knows Boost.DLL, whose header is heavy.
#pragma once

#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "zeren/plugin.h"

namespace boost::dll {
class shared_library;
}

namespace zeren::modules {

class SharedLibrary final {
 public:
  /// Opens `file`, all symbols resolved now and none made visible to others. Runs the library's
  /// static constructors: verify it first. Never unmapped afterwards, so nothing of it dangles.
  /// Fails with LibraryUnloadable, which quotes the dynamic linker. Blocks; any thread.
  static base::Result<SharedLibrary> open(const std::filesystem::path& file);

  SharedLibrary(SharedLibrary&&) noexcept;
  SharedLibrary& operator=(SharedLibrary&&) noexcept;
  ~SharedLibrary();

  /// The library's `zeren_plugin_entry`, not yet looked into; owned by the library. Fails with
  /// LibraryNoEntry.
  base::Result<const zeren_entry*> entry() const;

 private:
  explicit SharedLibrary(std::unique_ptr<boost::dll::shared_library> library);
  std::unique_ptr<boost::dll::shared_library> library_;
};

}  // namespace zeren::modules
