// One instance of a plugin in this process, from create() to destroy(), and the calls into it.
// Everything here runs on the module's worker thread; module_worker.hpp keeps it there.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "manifest/manifest.hpp"
#include "modules/plugin_host.hpp"
#include "modules/shared_library.hpp"
#include "zeren/compute.h"
#include "zeren/events.h"
#include "zeren/steps.h"

namespace zeren::modules {

class LoadedPlugin final {
  struct Key {};  // make_unique() needs a public constructor; nobody else can call it

 public:
  LoadedPlugin(Key, SharedLibrary library, std::string module);

  /// create(), the interfaces that `manifest` promises, init() and start(). `entry` belongs to
  /// `library` and was checked (plugin_loader.hpp). Fails with PluginFailed, LibraryWrongSize or
  /// PluginInterfaceMissing, after destroy() where create() succeeded.
  static base::Result<std::unique_ptr<LoadedPlugin>> start(SharedLibrary library,
                                                           const zeren_entry& entry,
                                                           const manifest::Manifest& manifest);

  LoadedPlugin(const LoadedPlugin&) = delete;
  LoadedPlugin& operator=(const LoadedPlugin&) = delete;

  /// stop() and destroy().
  ~LoadedPlugin();

  /// The reply, as the plugin wrote it. Fails with PluginFailed when the plugin says so, throws, or
  /// does not provide the interface, and with PluginNonsense when it does not reply.
  base::Result<std::string> will_step(std::string_view request);
  base::Result<std::string> compute(std::string_view name, std::string_view request);

  /// As will_step(), but no reply is needed: empty when there was none.
  base::Result<std::string> did_step(std::string_view event);
  base::Result<std::string> did_event(std::string_view event);

 private:
  base::Result<void> create(const zeren_entry& entry);
  base::Result<void> find_interfaces(const manifest::Manifest& manifest);
  base::Result<const void*> interface(const std::string& id, std::size_t expected);
  tl::unexpected<base::Error> missing(const std::string& id, const char* remedy,
                                      const char* chinese) const;
  tl::unexpected<base::Error> wrong_size(const std::string& what, std::size_t found,
                                         std::size_t expected) const;

  template <class Call>
  base::Result<std::string> call(const char* name, Call run);
  base::Error failed(const char* call, std::string reason, std::string chinese) const;

  SharedLibrary library_;  // first in, last out: all below points into it
  std::unique_ptr<PluginHost> host_;  // never null; outlives this, see PluginHost::retire()
  zeren_plugin plugin_{};
  const zeren_steps* steps_ = nullptr;
  const zeren_events* events_ = nullptr;
  const zeren_compute* compute_ = nullptr;
  bool created_ = false;
  bool started_ = false;
};

}  // namespace zeren::modules
