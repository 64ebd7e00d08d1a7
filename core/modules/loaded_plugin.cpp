#include "modules/loaded_plugin.hpp"

#include <utility>

#include "base/json.hpp"

namespace zeren::modules {
namespace {

using base::Code;
using base::Result;

constexpr std::uint32_t kDrainMs = 1000;

zeren_str c_str(std::string_view text) { return {text.data(), text.size()}; }

/// The sentence of a failing call's {"error": …} reply, or nothing.
std::optional<std::string> told_in(const std::optional<std::string>& reply) {
  if (reply) {
    const auto json = base::parse_json(*reply);
    const bool told =
        json && json->is_object() && json->contains("error") && (*json)["error"].is_string();
    if (told) return (*json)["error"].get<std::string>();
  }
  return std::nullopt;
}

}  // namespace

LoadedPlugin::LoadedPlugin(Key, SharedLibrary library, std::string module)
    : library_(std::move(library)), host_(std::make_unique<PluginHost>(std::move(module))) {}

LoadedPlugin::~LoadedPlugin() {
  if (started_) (void)call("stop", [&] { return plugin_.stop(plugin_.self, kDrainMs); });
  if (created_) {
    (void)call("destroy", [&] {
      plugin_.destroy(plugin_.self);
      return std::int32_t{ZEREN_OK};
    });
  }
  PluginHost::retire(std::move(host_));
}

Result<std::unique_ptr<LoadedPlugin>> LoadedPlugin::start(SharedLibrary library,
                                                          const zeren_entry& entry,
                                                          const manifest::Manifest& manifest) {
  auto plugin = std::make_unique<LoadedPlugin>(Key{}, std::move(library), manifest.id());
  if (const auto done = plugin->create(entry); !done) return base::pass(done);
  const auto& c = plugin->plugin_;
  if (const auto done = plugin->call("init", [&] { return c.init(c.self); }); !done) {
    return base::pass(done);
  }
  if (const auto done = plugin->find_interfaces(manifest); !done) return base::pass(done);
  if (const auto done = plugin->call("start", [&] { return c.start(c.self); }); !done) {
    return base::pass(done);
  }
  plugin->started_ = true;
  return plugin;
}

Result<void> LoadedPlugin::create(const zeren_entry& entry) {
  plugin_.size = sizeof(zeren_plugin);
  const auto done = call("create", [&] { return entry.create(&host_->c_host(), &plugin_); });
  if (!done) return base::pass(done);
  // A minor version may only add members, and ours has them all.
  if (plugin_.size != sizeof(zeren_plugin)) {
    return wrong_size("zeren_plugin", plugin_.size, sizeof(zeren_plugin));
  }
  const bool whole = plugin_.init != nullptr && plugin_.start != nullptr &&
                     plugin_.stop != nullptr && plugin_.destroy != nullptr &&
                     plugin_.iface != nullptr;
  if (!whole) return tl::unexpected(failed("create", "it left a function out of zeren_plugin", "zeren_plugin 缺少函数"));
  created_ = true;
  return {};
}

Result<void> LoadedPlugin::find_interfaces(const manifest::Manifest& manifest) {
  for (const auto& id : manifest.provides()) {
    if (id == ZEREN_STEPS) {
      const auto table = interface(id, sizeof(zeren_steps));
      if (!table) return base::pass(table);
      steps_ = static_cast<const zeren_steps*>(*table);
    } else if (id == ZEREN_EVENTS) {
      const auto table = interface(id, sizeof(zeren_events));
      if (!table) return base::pass(table);
      events_ = static_cast<const zeren_events*>(*table);
    } else if (id == ZEREN_COMPUTE) {
      const auto table = interface(id, sizeof(zeren_compute));
      if (!table) return base::pass(table);
      compute_ = static_cast<const zeren_compute*>(*table);
    } else {
      return missing(id, "install a newer Zeren, or a version of the module for this one",
                     "请升级 Zeren，或安装与本版本相配的模块版本");
    }
  }
  return {};
}

Result<const void*> LoadedPlugin::interface(const std::string& id, std::size_t expected) {
  const void* table = nullptr;
  const auto asked = call("iface", [&] {
    table = plugin_.iface(plugin_.self, id.c_str());
    return std::int32_t{ZEREN_OK};
  });
  if (!asked) return base::pass(asked);
  if (table == nullptr) {
    return missing(id, "let the library answer iface() with it, or take it out of \"provides\" in module.json",
                   "请由模块库的 iface() 提供该接口，或从 module.json 的 \"provides\" 中去掉");
  }
  const auto found = *static_cast<const std::uint32_t*>(table);  // every table opens with its size
  if (found < expected) return wrong_size(id, found, expected);
  return table;
}

tl::unexpected<base::Error> LoadedPlugin::missing(const std::string& id, const char* remedy,
                                                  const char* chinese) const {
  return base::fail(Code::PluginInterfaceMissing,
                    {{"module", host_->module()},
                     {"interface", id},
                     {"remedy", remedy},
                     {"remedy.zh-CN", chinese}});
}

tl::unexpected<base::Error> LoadedPlugin::wrong_size(const std::string& what, std::size_t found,
                                                     std::size_t expected) const {
  return base::fail(Code::LibraryWrongSize, {{"module", host_->module()},
                                             {"what", what},
                                             {"found", std::to_string(found)},
                                             {"expected", std::to_string(expected)}});
}

/// Runs one call and gives its reply; empty when there was none.
template <class Call>
Result<std::string> LoadedPlugin::call(const char* name, Call run) {
  std::int32_t status = ZEREN_FAILED;
  bool threw = false;
  host_->begin_call();
  try {
    status = run();
  } catch (
      ...) {  // plugins built with the SDK cannot throw here; others must not take the host along
    threw = true;
  }
  auto reply = host_->end_call();
  if (threw) {
    return tl::unexpected(failed(name, "it threw an exception across the boundary", "向主机抛出了异常"));
  }
  if (status != ZEREN_OK) {
    const auto code = std::to_string(status);
    const auto told = told_in(reply);
    return tl::unexpected(failed(name, told.value_or("status " + code), told.value_or("状态码 " + code)));
  }
  return std::move(reply).value_or("");
}

base::Error LoadedPlugin::failed(const char* call, std::string reason, std::string chinese) const {
  return {Code::PluginFailed,
          {{"module", host_->module()},
           {"call", call},
           {"reason", std::move(reason)},
           {"reason.zh-CN", std::move(chinese)}},
          {},
          {}};
}

Result<std::string> LoadedPlugin::will_step(std::string_view request) {
  if (steps_ == nullptr)
    return tl::unexpected(failed("will_step", "it does not provide zeren.steps/1", "未提供接口 zeren.steps/1"));
  return call("will_step", [&] { return steps_->will_step(plugin_.self, c_str(request)); });
}

Result<std::string> LoadedPlugin::did_step(std::string_view event) {
  if (steps_ == nullptr)
    return tl::unexpected(failed("did_step", "it does not provide zeren.steps/1", "未提供接口 zeren.steps/1"));
  return call("did_step", [&] { return steps_->did_step(plugin_.self, c_str(event)); });
}

Result<std::string> LoadedPlugin::did_event(std::string_view event) {
  if (events_ == nullptr)
    return tl::unexpected(failed("did_event", "it does not provide zeren.events/1", "未提供接口 zeren.events/1"));
  return call("did_event", [&] { return events_->did_event(plugin_.self, c_str(event)); });
}

Result<std::string> LoadedPlugin::compute(std::string_view name, std::string_view request) {
  if (compute_ == nullptr)
    return tl::unexpected(failed("compute", "it does not provide zeren.compute/1", "未提供接口 zeren.compute/1"));
  return call("compute",
              [&] { return compute_->compute(plugin_.self, c_str(name), c_str(request)); });
}

}  // namespace zeren::modules
