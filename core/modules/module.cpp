#include "modules/module.hpp"

#include <algorithm>
#include <utility>

#include "modules/loaded_plugin.hpp"
#include "modules/module_worker.hpp"
#include "modules/plugin_loader.hpp"

namespace zeren::modules {
namespace {

using base::Code;
using base::Json;
using base::Result;
using std::chrono::milliseconds;

/// What leaves the host is UTF-8 whatever came in.
std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// The fields of the record type that a request is about; none when it names no type of the module.
const Json& fields_of(const manifest::Manifest& manifest, const Json& request) {
  static const Json kNone = Json::object();
  const auto& types = manifest.section("record_types");
  const bool named = request.is_object() && request.contains("record_type") &&
                     request["record_type"].is_string() &&
                     types.contains(request["record_type"].get_ref<const std::string&>());
  if (!named) return kNone;
  return types.at(request["record_type"].get_ref<const std::string&>())
      .at("schema")
      .at("properties");
}

}  // namespace

Module::Module(Key, manifest::Package package, milliseconds start_budget)
    : package_(std::move(package)), start_budget_(start_budget) {}

Module::~Module() {
  if (!worker_ || !plugin_) return;
  ModuleWorker::Task last = [plugin = std::move(plugin_)]() mutable -> Result<std::string> {
    plugin.reset();
    return std::string();
  };
  if (worker_->stalled()) {
    worker_->leave(std::move(last));
  } else {
    (void)worker_->run("stop", std::move(last), start_budget_);
  }
}

Result<std::unique_ptr<Module>> Module::load(manifest::Package package, milliseconds budget,
                                             InFlight* in_flight) {
  auto module = std::make_unique<Module>(Key{}, std::move(package), budget);
  if (!module->package_.library()) return module;
  auto slot = in_flight == nullptr ? InFlight::Slot() : in_flight->slot(module->manifest().id());
  const auto started = module->start(std::move(slot));
  if (!started) return base::pass(started);
  return module;
}

Result<void> Module::start(InFlight::Slot in_flight) {
  auto worker = ModuleWorker::create(manifest().id(), std::move(in_flight));
  if (!worker) return base::pass(std::move(worker));
  worker_ = *std::move(worker);
  // Shared with the task, which may still be filling it long after we have given up.
  const auto slot = std::make_shared<std::shared_ptr<LoadedPlugin>>();
  const auto load = [slot, package = package_]() -> Result<std::string> {
    auto loaded = PluginLoader::load(package);
    if (!loaded) return base::pass(std::move(loaded));
    *slot = *std::move(loaded);
    return std::string();
  };
  const auto done = worker_->run("start", load, start_budget_);
  if (!done) return base::pass(done);
  plugin_ = std::move(*slot);
  return {};
}

bool Module::provides(std::string_view interface) const {
  const auto provided = manifest().provides();
  return plugin_ != nullptr && std::ranges::find(provided, interface) != provided.end();
}

Result<StepVerdict> Module::will_step(const Json& request, milliseconds budget) {
  if (!provides(ZEREN_STEPS)) return StepVerdict{};
  const auto reply = worker_->run(
      "will_step", [plugin = plugin_, text = text_of(request)] { return plugin->will_step(text); },
      budget);
  if (!reply) return base::pass(reply);
  return read_verdict(*reply, fields_of(manifest(), request), manifest().id());
}

Result<std::vector<Wish>> Module::did_step(const Json& event, milliseconds budget) {
  if (!provides(ZEREN_STEPS)) return std::vector<Wish>{};
  const auto reply = worker_->run(
      "did_step", [plugin = plugin_, text = text_of(event)] { return plugin->did_step(text); }, budget);
  if (!reply) return base::pass(reply);
  return read_wishes(*reply, manifest().id(), "did_step");
}

Result<std::vector<Wish>> Module::did_event(const Json& event, milliseconds budget) {
  if (!provides(ZEREN_EVENTS)) return std::vector<Wish>{};
  const auto reply = worker_->run(
      "did_event", [plugin = plugin_, text = text_of(event)] { return plugin->did_event(text); }, budget);
  if (!reply) return base::pass(reply);
  return read_wishes(*reply, manifest().id(), "did_event");
}

Result<Json> Module::compute(std::string_view name, const Json& request, milliseconds budget) {
  const auto& known = manifest().section("computations");
  if (!provides(ZEREN_COMPUTE) || !known.contains(name)) {
    std::string names;
    for (const auto& [key, body] : known.items()) names += (names.empty() ? "" : ", ") + key;
    return base::fail(Code::ComputationUnknown, {{"module", manifest().id()},
                                                 {"computation", std::string(name)},
                                                 {"known", names.empty() ? "-" : names}});
  }
  const auto reply = worker_->run(
      "compute",
      [plugin = plugin_, question = std::string(name), text = text_of(request)] {
        return plugin->compute(question, text);
      },
      budget);
  if (!reply) return base::pass(reply);
  return read_table(*reply, manifest().id());
}

bool Module::stalled() const { return worker_ != nullptr && worker_->stalled(); }

}  // namespace zeren::modules
