#include "modules/shared_library.hpp"

#include <dlfcn.h>

#include <boost/dll/shared_library.hpp>
#include <exception>
#include <utility>

namespace zeren::modules {
namespace {

using base::Code;

constexpr const char* kEntry = "zeren_plugin_entry";

// RTLD_NODELETE is not among Boost's modes, whose values are those of dlopen.
const auto kMode = boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local |
                   static_cast<boost::dll::load_mode::type>(RTLD_NODELETE);

}  // namespace

SharedLibrary::SharedLibrary(std::unique_ptr<boost::dll::shared_library> library)
    : library_(std::move(library)) {}
SharedLibrary::SharedLibrary(SharedLibrary&&) noexcept = default;
SharedLibrary& SharedLibrary::operator=(SharedLibrary&&) noexcept = default;
SharedLibrary::~SharedLibrary() = default;

base::Result<SharedLibrary> SharedLibrary::open(const std::filesystem::path& file) {
  try {
    // The form that throws: the one with an error code drops what dlerror() said.
    return SharedLibrary(
        std::make_unique<boost::dll::shared_library>(std::filesystem::absolute(file), kMode));
  } catch (const std::exception& e) {
    return base::fail(Code::LibraryUnloadable, {{"file", file.string()}, {"reason", e.what()}});
  }
}

base::Result<const zeren_entry*> SharedLibrary::entry() const {
  try {
    return &library_->get<const zeren_entry>(kEntry);
  } catch (const std::exception&) {
    return base::fail(Code::LibraryNoEntry, {{"file", library_->location().string()}});
  }
}

}  // namespace zeren::modules
