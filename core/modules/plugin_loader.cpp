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

struct LoaderRemedy {
  const char* english;
  const char* chinese;
};

constexpr LoaderRemedy kNewerHost{"install a newer Zeren, or a version of the module built for this one",
                                  "请升级 Zeren，或安装与本版本相配的模块版本"};
constexpr LoaderRemedy kNewerModule{"install a version of the module built with the SDK of this Zeren",
                                    "请安装用本版本 SDK 构建的模块版本"};

LoaderRemedy remedy_for(Abi needed) {
  const bool newer = needed.major > kOffered.major ||
                     (needed.major == kOffered.major && needed.minor > kOffered.minor);
  return newer ? kNewerHost : kNewerModule;
}

Result<void> check_abi(const std::string& module, Abi needed) {
  if (needed.major == kOffered.major && needed.minor <= kOffered.minor) return {};
  const auto remedy = remedy_for(needed);
  return base::fail(Code::AbiMismatch, {{"module", module},
                                        {"needs", to_string(needed)},
                                        {"offers", to_string(kOffered)},
                                        {"remedy", remedy.english},
                                        {"remedy.zh-CN", remedy.chinese}});
}

Result<void> check_required(const manifest::Manifest& manifest) {
  for (const auto& id : manifest.required_interfaces()) {
    if (host_offers(id)) continue;
    return base::fail(Code::PluginInterfaceMissing, {{"module", manifest.id()},
                                                     {"interface", id},
                                                     {"remedy", kNewerHost.english},
                                                     {"remedy.zh-CN", kNewerHost.chinese}});
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
    return base::fail(Code::PluginFailed, {{"module", module},
                                           {"call", "create"},
                                           {"reason", "its entry has no create()"},
                                           {"reason.zh-CN", "其入口没有 create()"}});
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
