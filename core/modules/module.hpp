// A module as the rest of the host uses it: its manifest, and calls into its library, if it has
// one, that always come back within their budget. Whatever the library does wrong is an error of
// this module alone.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "manifest/package.hpp"
#include "modules/in_flight.hpp"
#include "modules/plugin_reply.hpp"
#include "modules/wish.hpp"

namespace zeren::modules {

class LoadedPlugin;
class ModuleWorker;

/// What create(), init() and start() together may take, and stop() and destroy() (zeren/plugin.h).
inline constexpr std::chrono::milliseconds kStartBudget{5000};
inline constexpr std::chrono::milliseconds kWillStepBudget{200};
inline constexpr std::chrono::milliseconds kDidStepBudget{2000};
inline constexpr std::chrono::milliseconds kComputeBudget{5000};

class Module final {
  struct Key {};  // make_unique() needs a public constructor; nobody else can call it

 public:
  Module(Key, manifest::Package package, std::chrono::milliseconds start_budget);

  /// Loads and starts the package's library on a thread of its own; a package without one is ready
  /// at once. Every call into the library is noted in `in_flight`, when there is one. Fails as
  /// PluginLoader::load(), or with PluginTimedOut. Blocks for `budget` at most.
  static base::Result<std::unique_ptr<Module>> load(manifest::Package package,
                                                    std::chrono::milliseconds budget = kStartBudget,
                                                    InFlight* in_flight = nullptr);

  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  /// Stops the plugin, within the budget that load() was given; abandons it when it is stalled or does
  /// not stop. No call may be in progress.
  ~Module();

  const manifest::Manifest& manifest() const { return package_.manifest(); }

  /// The file at `path` in the package. Fails as manifest::Package::read(). Blocks; any thread.
  base::Result<std::string> read(const std::string& path) const { return package_.read(path); }

  /// SHA-256 of MANIFEST, and of the library (nullopt without one): what the audit log names.
  const base::Digest& digest() const { return package_.digest(); }
  const std::optional<base::Digest>& library_digest() const { return package_.library_digest(); }

  /// The module's say in a step; `request` as zeren/steps.h describes it, its record_type one of
  /// this module's. No objection when the library provides no steps. Fails with PluginFailed,
  /// PluginTimedOut or PluginNonsense: then the step must not be taken. Blocks for `budget` after
  /// its turn has come; any thread, calls are served one at a time.
  base::Result<StepVerdict> will_step(const base::Json& request,
                                      std::chrono::milliseconds budget = kWillStepBudget);

  /// Tells of a step taken, and answers what the module asks for. Fails with PluginFailed or PluginTimedOut: to be
  /// delivered again; and with PluginNonsense. Otherwise as will_step().
  base::Result<std::vector<Wish>> did_step(const base::Json& event,
                                           std::chrono::milliseconds budget = kDidStepBudget);

  /// Tells of an event; `event` as zeren/events.h describes it. Otherwise as did_step().
  base::Result<std::vector<Wish>> did_event(const base::Json& event,
                                            std::chrono::milliseconds budget = kDidStepBudget);

  /// The table that answers the question `name`; `request` as zeren/compute.h describes it. Fails
  /// with ComputationUnknown when module.json does not list it, else as will_step().
  base::Result<base::Json> compute(std::string_view name, const base::Json& request,
                                   std::chrono::milliseconds budget = kComputeBudget);

  /// Whether a call outlasted its budget; all later ones fail with PluginTimedOut. Any thread.
  bool stalled() const;

 private:
  base::Result<void> start(InFlight::Slot in_flight);
  bool provides(std::string_view interface) const;

  manifest::Package package_;
  std::chrono::milliseconds start_budget_;  // to stop, too
  std::unique_ptr<ModuleWorker> worker_;  // null without a library
  // Owned by this and by the call in flight, which may never return; destroyed on the worker's
  // thread.
  std::shared_ptr<LoadedPlugin> plugin_;
};

}  // namespace zeren::modules
