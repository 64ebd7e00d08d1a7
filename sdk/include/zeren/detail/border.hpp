// Turns an Institution into the function tables of plugin.h. Each function is noexcept with one
// catch-all: nothing of C++ crosses. Not for institutions to use; ZEREN_INSTITUTION() does.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include "zeren/compute.h"
#include "zeren/event.hpp"
#include "zeren/events.h"
#include "zeren/host.hpp"
#include "zeren/plugin.h"
#include "zeren/result.hpp"
#include "zeren/step.hpp"
#include "zeren/steps.h"

namespace zeren::detail {

inline std::string_view view(zeren_str text) { return {text.p, text.n}; }

inline void reply_json(const Host& host, const Json& json) {
  // Invalid UTF-8 from an institution becomes U+FFFD instead of an exception.
  host.reply(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

inline std::int32_t refuse(const Host& host, const char* text) noexcept {
  try {
    reply_json(host, {{"error", text}});
  } catch (...) {  // out of memory: the status alone must do
  }
  return ZEREN_FAILED;
}

template <class Type>
class Border {
 public:
  static constexpr zeren_entry entry() {
    return {ZEREN_ENTRY_MAGIC, sizeof(zeren_entry), ZEREN_ABI_MAJOR, 0, &Border::create};
  }

 private:
  struct Instance {
    Host host;
    Type institution;
    explicit Instance(const zeren_host* given) : host(given), institution(host) {}
  };

  static Instance& instance(void* self) { return *static_cast<Instance*>(self); }

  /// Runs `call` and turns whatever it throws or refuses into a status with an error reply.
  template <class Call>
  static std::int32_t guarded(void* self, Call call) noexcept {
    const Host& host = instance(self).host;
    try {
      const Result<void> done = call(instance(self));
      return done ? ZEREN_OK : refuse(host, done.error().text.c_str());
    } catch (const std::exception& e) {
      return refuse(host, e.what());
    } catch (...) {
      return refuse(host, "an exception of unknown type");
    }
  }

  static std::int32_t create(const zeren_host* host, zeren_plugin* out) noexcept {
    if (host->major != ZEREN_ABI_MAJOR) return ZEREN_UNSUPPORTED;
    try {
      auto made = std::make_unique<Instance>(host);
      *out = {sizeof(zeren_plugin), made.release(), &init, &start, &stop, &destroy, &iface};
      return ZEREN_OK;
    } catch (const std::exception& e) {
      return refuse(Host(host), e.what());
    } catch (...) {
      return refuse(Host(host), "an exception of unknown type");
    }
  }

  static std::int32_t init(void*) noexcept { return ZEREN_OK; }

  static std::int32_t start(void* self) noexcept {
    return guarded(self, [](Instance& it) { return it.institution.start(); });
  }

  static std::int32_t stop(void*, std::uint32_t) noexcept { return ZEREN_OK; }

  static void destroy(void* self) noexcept {
    const std::unique_ptr<Instance> last(static_cast<Instance*>(self));
  }

  static std::int32_t will_step(void* self, zeren_str request) noexcept {
    return guarded(self, [request](Instance& it) -> Result<void> {
      const auto step = StepRequest::parse(view(request));
      if (!step) return tl::unexpected(step.error());
      const auto verdict = it.institution.will_step(*step);
      if (!verdict) return tl::unexpected(verdict.error());
      reply_json(it.host, verdict->to_json());
      return {};
    });
  }

  static std::int32_t did_step(void* self, zeren_str event) noexcept {
    return guarded(self, [event](Instance& it) -> Result<void> {
      const auto step = StepRequest::parse(view(event));
      if (!step) return tl::unexpected(step.error());
      const auto answer = it.institution.did_step(*step);
      if (!answer) return tl::unexpected(answer.error());
      reply_json(it.host, answer->to_json());
      return {};
    });
  }

  static std::int32_t did_event(void* self, zeren_str event) noexcept {
    return guarded(self, [event](Instance& it) -> Result<void> {
      const auto notice = EventNotice::parse(view(event));
      if (!notice) return tl::unexpected(notice.error());
      const auto answer = it.institution.did_event(*notice);
      if (!answer) return tl::unexpected(answer.error());
      reply_json(it.host, answer->to_json());
      return {};
    });
  }

  static std::int32_t compute(void* self, zeren_str name, zeren_str request) noexcept {
    return guarded(self, [name, request](Instance& it) -> Result<void> {
      const auto json = Json::parse(view(request), nullptr, false);
      if (!json.is_object()) return fail("the request is not a JSON object");
      const auto table = it.institution.compute(view(name), json);
      if (!table) return tl::unexpected(table.error());
      reply_json(it.host, table->to_json());
      return {};
    });
  }

  static const void* iface(void*, const char* id) noexcept {
    static constexpr zeren_steps kSteps{sizeof(zeren_steps), &will_step, &did_step};
    static constexpr zeren_events kEvents{sizeof(zeren_events), &did_event};
    static constexpr zeren_compute kCompute{sizeof(zeren_compute), &compute};
    const std::string_view wanted(id);
    if (wanted == ZEREN_STEPS) return &kSteps;
    if (wanted == ZEREN_EVENTS) return &kEvents;
    if (wanted == ZEREN_COMPUTE) return &kCompute;
    return nullptr;
  }
};

}  // namespace zeren::detail
