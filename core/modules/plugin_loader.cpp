#include "modules/plugin_loader.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/invariant.hpp"
#include "modules/plugin_host.hpp"

namespace zeren::modules {
namespace {

using base::Code;
using base::Result;
using manifest::Abi;

constexpr Abi kOffered{kAbiMajor, kAbiMinor};

bool is_newer(Abi needed) {
  return needed.major > kOffered.major ||
         (needed.major == kOffered.major && needed.minor > kOffered.minor);
}

Result<void> check_abi(const std::string& module, Abi needed) {
  if (needed.major == kOffered.major && needed.minor <= kOffered.minor) return {};
  const bool newer = is_newer(needed);
  return base::fail(
      Code::AbiMismatch,
      {{"module", module},
       {"needs", to_string(needed)},
       {"offers", to_string(kOffered)},
       {"remedy", newer ? "install a newer Zeren, or a version of the module built for this one"
                        : "install a version of the module built with the SDK of this Zeren"},
       {"remedy.zh-CN", newer ? "请安装更高版本的 Zeren，或为本版本构建的模块"
                              : "请安装用本版本 SDK 构建的模块"}});
}

Result<void> check_required(const manifest::Manifest& manifest) {
  for (const auto& id : manifest.required_interfaces()) {
    if (host_offers(id)) continue;
    return base::fail(
        Code::PluginInterfaceMissing,
        {{"module", manifest.id()},
         {"interface", id},
         {"remedy", "install a newer Zeren, or a version of the module for this one"},
         {"remedy.zh-CN", "请安装更高版本的 Zeren，或适用于本版本的模块"}});
  }
  return {};
}

Result<void> check_entry(const zeren_entry& entry, const std::string& module,
                         const std::string& file) {
  static constexpr std::array<char, 8> kMagic = ZEREN_ENTRY_MAGIC;
  if (!std::ranges::equal(entry.magic, kMagic)) {
    return base::fail(Code::LibraryBadMagic, {{"file", file}});
  }
  // Versions come before the size: a newer ABI may well have a larger entry.
  const auto abi =
      check_abi(module, {static_cast<int>(entry.major), static_cast<int>(entry.minor)});
  if (!abi) return base::pass(abi);
  if (entry.size != sizeof(zeren_entry)) {
    return base::fail(Code::LibraryWrongSize, {{"module", module},
                                               {"what", "zeren_entry"},
                                               {"found", std::to_string(entry.size)},
                                               {"expected", std::to_string(sizeof(zeren_entry))}});
  }
  if (entry.create == nullptr) {
    return base::fail(
        Code::PluginFailed,
        {{"module", module}, {"call", "create"}, {"reason", "its entry has no create()"}});
  }
  return {};
}

}  // namespace

Result<OpenedPlugin> PluginLoader::open(const manifest::Package& package) {
  const auto file = package.library();
  base::invariant(file.has_value(), "callers keep modules without code away from the loader");
  const auto& manifest = package.manifest();
  if (const auto fits = check_abi(manifest.id(), manifest.abi()); !fits) return base::pass(fits);
  if (const auto fits = check_required(manifest); !fits) return base::pass(fits);

  auto library = SharedLibrary::open(*file);
  if (!library) return base::pass(std::move(library));
  const auto entry = library->entry();
  if (!entry) return base::pass(entry);
  if (const auto sound = check_entry(**entry, manifest.id(), file->string()); !sound) {
    return base::pass(sound);
  }
  return OpenedPlugin{*std::move(library), *entry};
}

Result<std::unique_ptr<LoadedPlugin>> PluginLoader::load(const manifest::Package& package) {
  auto opened = open(package);
  if (!opened) return base::pass(std::move(opened));
  const auto& entry = *opened->entry;
  return LoadedPlugin::start(std::move(opened->library), entry, package.manifest());
}

}  // namespace zeren::modules
