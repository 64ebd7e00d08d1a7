#include "modules/shared_library.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <boost/dll/shared_library.hpp>
#include <exception>
#include <string_view>
#include <utility>

namespace zeren::modules {
namespace {

using base::Code;

constexpr const char* kEntry = "zeren_plugin_entry";

// RTLD_NODELETE is not among Boost's modes, whose values are those of dlopen.
const auto kMode = boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local |
                   static_cast<boost::dll::load_mode::type>(RTLD_NODELETE);

// What the linker says, which has no codes, where it is one of the usual four.
std::string in_chinese(std::string_view said) {
  constexpr std::string_view kSymbol = "undefined symbol: ";
  if (const auto at = said.find(kSymbol); at != std::string_view::npos) {
    return "缺少符号 " + std::string(said.substr(at + kSymbol.size()));
  }
  constexpr auto kUsual = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"cannot open shared object file", "找不到该文件或其依赖的动态库"},
      {"invalid ELF header", "不是动态库文件"},
      {"file too short", "文件不完整"},
      {"cannot map", "系统不允许从该位置加载程序"},
  });
  const auto usual = std::ranges::find_if(kUsual, [&](const auto& row) {
    return said.find(row.first) != std::string_view::npos;
  });
  std::string text(usual == kUsual.end() ? "系统无法加载" : usual->second);
  return text.append("（").append(said).append("）");
}

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
    return base::fail(Code::LibraryUnloadable, {{"file", file.string()},
                                                {"reason", e.what()},
                                                {"reason.zh-CN", in_chinese(e.what())}});
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
