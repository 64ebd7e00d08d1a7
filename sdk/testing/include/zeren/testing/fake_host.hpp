// A host for an institution's tests: drives the plugin through its C entry, as the real one does,
// but on the calling thread, without a budget, a server or a database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "zeren/compute.h"
#include "zeren/events.h"
#include "zeren/log.h"
#include "zeren/plugin.h"
#include "zeren/result.hpp"
#include "zeren/steps.h"

namespace zeren::testing {

/// Not movable: the plugin holds its address. Use from one thread.
class FakeHost final {
 public:
  /// Creates and starts the plugin behind `entry`, normally `zeren_plugin_entry`. started() tells
  /// how it went.
  explicit FakeHost(const zeren_entry& entry) {
    host_ = {sizeof(zeren_host), ZEREN_ABI_MAJOR, ZEREN_ABI_MINOR, this, &offer, &take_reply};
    plugin_.size = sizeof(zeren_plugin);
    started_ = call([&] { return entry.create(&host_, &plugin_); });
    created_ = started_.has_value();
    if (created_) started_ = call([&] { return plugin_.init(plugin_.self); });
    if (started_) started_ = call([&] { return plugin_.start(plugin_.self); });
  }
  FakeHost(const FakeHost&) = delete;
  FakeHost& operator=(const FakeHost&) = delete;
  ~FakeHost() {
    if (started_) plugin_.stop(plugin_.self, 1000);
    if (created_) plugin_.destroy(plugin_.self);
  }

  /// The failure of create(), init() or start(), if any; the other calls need success.
  Result<void> started() const {
    if (!started_) return tl::unexpected(started_.error());
    return {};
  }

  /// The verdict on a step (see StepBuilder), as JSON; or how the plugin failed.
  Result<Json> will_step(const Json& request) {
    const auto* steps = interface<zeren_steps>(ZEREN_STEPS);
    if (steps == nullptr) return fail("the plugin does not provide zeren.steps/1");
    const auto text = request.dump();
    return call([&] { return steps->will_step(plugin_.self, {text.data(), text.size()}); });
  }

  /// Tells of a step taken. The answer as JSON: null or `{}`, or `{"commands": […]}`.
  Result<Json> did_step(const Json& event) {
    const auto* steps = interface<zeren_steps>(ZEREN_STEPS);
    if (steps == nullptr) return fail("the plugin does not provide zeren.steps/1");
    const auto text = event.dump();
    return call([&] { return steps->did_step(plugin_.self, {text.data(), text.size()}); });
  }

  /// Tells of an event (see EventBuilder). The answer as of did_step().
  Result<Json> did_event(const Json& event) {
    const auto* events = interface<zeren_events>(ZEREN_EVENTS);
    if (events == nullptr) return fail("the plugin does not provide zeren.events/1");
    const auto text = event.dump();
    return call([&] { return events->did_event(plugin_.self, {text.data(), text.size()}); });
  }

  /// The table that answers the question `name`, as JSON.
  Result<Json> compute(std::string_view name, const Json& request) {
    const auto* compute = interface<zeren_compute>(ZEREN_COMPUTE);
    if (compute == nullptr) return fail("the plugin does not provide zeren.compute/1");
    const auto text = request.dump();
    return call([&] {
      return compute->compute(plugin_.self, {name.data(), name.size()}, {text.data(), text.size()});
    });
  }

  /// Whether the plugin answers to an interface name.
  bool provides(const char* id) { return plugin_.iface(plugin_.self, id) != nullptr; }

  /// Every line the plugin logged, oldest first.
  const std::vector<std::string>& logged() const { return logged_; }

 private:
  template <class Table>
  const Table* interface(const char* id) {
    return static_cast<const Table*>(plugin_.iface(plugin_.self, id));
  }

  /// The reply of one call; null when there was none.
  template <class Call>
  Result<Json> call(Call run) {
    reply_.reset();
    const std::int32_t status = run();
    Json answer = reply_ ? Json::parse(*reply_, nullptr, false) : Json();
    if (answer.is_discarded()) return fail("the reply is not JSON");
    if (status == ZEREN_OK) return answer;
    const bool told = answer.is_object() && answer.contains("error") && answer["error"].is_string();
    if (told) return fail(answer["error"].get<std::string>());
    return fail("status " + std::to_string(status));
  }

  static FakeHost& self(void* ctx) { return *static_cast<FakeHost*>(ctx); }
  static void take_reply(void* ctx, zeren_str json) {
    self(ctx).reply_ = std::string(json.p, json.n);
  }
  static void take_line(void* ctx, std::int32_t, zeren_str message) {
    self(ctx).logged_.emplace_back(message.p, message.n);
  }
  static const void* offer(void*, const char* id) {
    static constexpr zeren_log kLog{sizeof(zeren_log), &take_line};
    return std::string_view(id) == ZEREN_LOG ? &kLog : nullptr;
  }

  zeren_host host_{};
  zeren_plugin plugin_{};
  bool created_ = false;
  Result<Json> started_;
  std::optional<std::string> reply_;
  std::vector<std::string> logged_;
};

}  // namespace zeren::testing
