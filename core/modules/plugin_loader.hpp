// From a verified package to a running plugin, or a refusal that names what does not fit and the
// remedy. Refuses, never warns.
#pragma once

#include <memory>

#include "base/error.hpp"
#include "manifest/package.hpp"
#include "modules/loaded_plugin.hpp"
#include "modules/shared_library.hpp"

namespace zeren::modules {

/// A library that was opened and whose entry was checked, before any function of it has run.
struct OpenedPlugin {
  SharedLibrary library;
  const zeren_entry* entry;  ///< owned by the library
};

class PluginLoader final {
 public:
  /// Opens the library of `package`. Before that: AbiMismatch when module.json names an ABI that
  /// this host does not offer, PluginInterfaceMissing when it requires an interface that the host
  /// lacks. Then LibraryUnloadable, LibraryNoEntry, LibraryBadMagic, LibraryWrongSize and
  /// AbiMismatch, from the entry. The package must have a library. Blocks; any thread.
  static base::Result<OpenedPlugin> open(const manifest::Package& package);

  /// As open(), then starts the plugin. On the thread that is to be the plugin's.
  static base::Result<std::unique_ptr<LoadedPlugin>> load(const manifest::Package& package);
};

}  // namespace zeren::modules
